// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Catalogue.Documents;
using Spindle.Restoring.Shelf;
using Spindle.Testing;

namespace Spindle.Restoring.Tests.Shelf;

/// <summary>A mounted disc whose lists are typed in: what is read from it was not written by the program's own hand.</summary>
internal sealed class HandmadeDisc : IDisposable
{
    public const string Archive = "00112233-4455-6677-8899-aabbccddeeff";
    public const string Uuid = "11111111-2222-3333-4444-555555555555";

    private readonly TempDirectory _directory = new();

    public HandmadeDisc(string? description = null)
    {
        Write("ARCHIVE/disc.json", description ?? Description());
    }

    public string Path => _directory["SPINDLE_3"];

    public static string Description(string archive = Archive, int number = 3, string catalogue = "catalogue.json", string sha256 = "", string created = "2024-05-06T07:08:09Z") => $$"""
        {
          "schema": "spindle/disc/1", "archive": "{{archive}}", "disc": "{{Uuid}}", "number": {{number}}, "label": "SPINDLE_3",
          "plan": { "created": "{{created}}", "scan": 2 },
          "catalogue": { "file": "{{catalogue}}", "sha256": "{{sha256}}" }
        }
        """;

    /// <summary>64 hexadecimal digits that are a hash as far as a list goes.</summary>
    public static string Hash(int number) => number.ToString("x8", System.Globalization.CultureInfo.InvariantCulture) + new string('0', 56);

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public HandmadeDisc Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public HandmadeDisc Write(string name, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return this;
    }

    /// <summary>Writes the list of files under its line of headings.</summary>
    public HandmadeDisc WriteFiles(params string[] lines) =>
        Write("ARCHIVE/files.tsv", "path\ttype\tsize\tmodified\tmode\tsha256\tdisc\tpart\toffset\ttarget\tsector\tlink\tuid\tgid\n" + string.Concat(lines.Select(line => line + "\n")));

    public ArchiveDisc Open() => FolderDisc.Open(Path) ?? throw new InvalidOperationException("it is no disc of an archive");

    public void Dispose() => _directory.Dispose();
}
