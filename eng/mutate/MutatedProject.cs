// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Spindle.Mutate;

/// <summary>A project as its compiler sees it, from what its last build left: the sources, what was generated, and what it refers to.</summary>
internal sealed class MutatedProject
{
    private const string Switch = "namespace Spindle; internal static class Mut { public static bool Is(int number) => number < 0; }";

    private readonly CSharpCompilation _compilation;

    private MutatedProject(string folder, CSharpCompilation compilation, SyntaxTree[] trees)
    {
        Folder = folder;
        _compilation = compilation;
        Trees = trees;
    }

    public string Folder { get; }

    /// <summary>Its sources.</summary>
    public SyntaxTree[] Trees { get; }

    public static MutatedProject Load(string repository, string name)
    {
        string folder = Path.Combine(repository, "src", name);
        string built = Path.Combine(repository, "artifacts/obj", name, "debug");
        CSharpParseOptions options = new(LanguageVersion.Latest, DocumentationMode.None);
        SyntaxTree Parse(string path) => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path);
        SyntaxTree[] sources = [.. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Parse)];
        IEnumerable<SyntaxTree> others = Directory.EnumerateFiles(built, "*.cs", SearchOption.AllDirectories)
            .Where(path => path.EndsWith("GlobalUsings.g.cs", StringComparison.Ordinal) || path.Contains("/generated/", StringComparison.Ordinal))
            .Select(Parse).Append(CSharpSyntaxTree.ParseText(Switch, options, "Mut.cs"));
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            sources.Concat(others),
            References(repository, name).Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, checkOverflow: true, nullableContextOptions: NullableContextOptions.Enable));
        if (compilation.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new InvalidOperationException($"{name} does not compile before any mutant: {error}");
        }

        return new(folder, compilation, sources);
    }

    public List<Site> SitesOf(SyntaxTree tree) => Sites.In(_compilation.GetSemanticModel(tree));

    /// <summary>Whether a tree still compiles with these mutants in it.</summary>
    public bool Compiles(SyntaxTree tree, IReadOnlyList<(int Number, Site Site)> mutants)
    {
        SyntaxTree changed = CSharpSyntaxTree.ParseText(Schemata.Of(tree, mutants).ToString(), (CSharpParseOptions)tree.Options, tree.FilePath);
        return !_compilation.ReplaceSyntaxTree(tree, changed).GetSemanticModel(changed).GetDiagnostics().Any(found => found.Severity == DiagnosticSeverity.Error);
    }

    // The framework of this program, the projects below, and the packages, which lie beside the program that ships.
    private static IEnumerable<string> References(string repository, string name) =>
        Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Where(IsManaged)
            .Concat(Directory.GetFiles(Path.Combine(repository, "artifacts/bin", name, "debug"), "*.dll"))
            .Concat(Directory.GetFiles(Path.Combine(repository, "artifacts/bin/Spindle.Cli/debug"), "*.dll"))
            .Where(path => Path.GetFileNameWithoutExtension(path) != name).DistinctBy(Path.GetFileName);

    private static bool IsManaged(string path)
    {
        using FileStream file = File.OpenRead(path);
        using System.Reflection.PortableExecutable.PEReader reader = new(file);
        return reader.HasMetadata;
    }
}
