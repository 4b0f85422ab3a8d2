// SPDX-License-Identifier: MIT
namespace Spindle.EndToEnd.Tests.Programs;

/// <summary>Holds manifests against docs/formats/manifest.schema.json, with the jsonschema package of Python as the judge.</summary>
internal static class ManifestSchema
{
    private const int NoJsonSchema = 77;

    private const string Script = """
        import json, sys
        try:
            from jsonschema import Draft202012Validator
        except ImportError:
            sys.exit(77)
        schema = json.load(open(sys.argv[1], encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        errors = [f"{path} {error.json_path}: {error.message}"
                  for path in sys.argv[2:]
                  for error in Draft202012Validator(schema).iter_errors(json.load(open(path, encoding="utf-8")))]
        print("\n".join(errors))
        sys.exit(1 if errors else 0)
        """;

    private static string Schema => Repository.File("docs/formats/manifest.schema.json");

    /// <summary>Fails where a manifest is not valid; skips the test where nothing can tell.</summary>
    public static async Task AcceptsAsync(params string[] manifests)
    {
        ProgramResult result = await Python.RunAsync(Script, "/", [Schema, .. manifests]);
        Assert.SkipWhen(result.ExitCode == NoJsonSchema, "Python's jsonschema is not installed");
        result.EndedWith(0);
    }

    /// <summary>What is wrong with the manifests; null where nothing is, or nothing can tell.</summary>
    public static Task<string?> ComplaintAsync(IReadOnlyCollection<string> manifests) => ComplaintAsync(Schema, manifests);

    /// <summary>The same of documents that have another schema.</summary>
    public static async Task<string?> ComplaintAsync(string schema, IReadOnlyCollection<string> documents)
    {
        if (documents.Count == 0 || !File.Exists("/usr/bin/python3"))
        {
            return null;
        }

        ProgramResult result = await Python.RunAsync(Script, "/", [schema, .. documents]);
        return result.ExitCode is 0 or NoJsonSchema ? null : result.ToString();
    }
}
