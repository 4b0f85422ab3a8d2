// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.Mutate;

// Draws mutants and writes them into COPY, a clone that was built: what eng/mutate/mutate does with it, README.md tells.
if (args is not [string copy, string areas, string seed, string perArea, string mutants])
{
    Console.Error.WriteLine("usage: mutate COPY AREAS.json SEED PER_AREA MUTANTS.json");
    return 2;
}

string repository = Path.GetFullPath(copy);
string targets = Path.Combine(repository, "Directory.Build.targets");
if (File.ReadAllText(targets) is var text && text.Contains("Mutation.targets", StringComparison.Ordinal))
{
    Console.Error.WriteLine($"{copy} has mutants already: take a fresh clone");
    return 1;
}

JsonSerializerOptions options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };
AreaList list = JsonSerializer.Deserialize<AreaList>(File.ReadAllText(areas), options)!;
IReadOnlyList<Mutant> drawn = new Sample(repository, list, int.Parse(seed, CultureInfo.InvariantCulture)).Write(int.Parse(perArea, CultureInfo.InvariantCulture));
File.WriteAllText(mutants, JsonSerializer.Serialize(drawn, options));

string inject = Path.Combine(AppContext.BaseDirectory, "inject");
Directory.CreateDirectory(Path.Combine(repository, "Mutation"));
foreach (string name in (string[])["Mut.cs", "MutHook.cs"])
{
    File.Copy(Path.Combine(inject, name), Path.Combine(repository, "Mutation", name), overwrite: true);
}

File.Copy(Path.Combine(inject, "Mutation.targets"), Path.Combine(repository, "Mutation.targets"), overwrite: true);
File.WriteAllText(targets, text.Replace("</Project>", "  <Import Project=\"Mutation.targets\" />\n</Project>", StringComparison.Ordinal));
Console.WriteLine($"{drawn.Count} mutants");
return 0;
