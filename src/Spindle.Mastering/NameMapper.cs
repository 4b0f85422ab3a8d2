// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Formats.Udf;

namespace Spindle.Mastering;

/// <summary>Walks a layout and tells true paths and those of ISO 9660 and UDF side by side; memory for one directory and the way to it.</summary>
internal sealed class NameMapper(DiscLayout layout, LayoutTables tables)
{
    public IEnumerable<NameMapping> Enumerate()
    {
        DirectoryComposer composer = new(layout.Options.UdfSymlinks);
        Dictionary<int, (byte[] True, string Iso, string Udf)> due = new() { [0] = ([], "", "") };
        foreach (int place in tables.Order)
        {
            due.Remove(place, out (byte[] True, string Iso, string Udf) path);
            tables.Load(composer, place, Trees.Iso | Trees.Udf);
            int[] children = tables.ChildrenOf(tables.PlaceAt(place).Entry).ToArray();
            for (int index = 0; index < children.Length; index++)
            {
                NameMapping mapping = Map(composer, index, children[index], path);
                if (Differs(composer, index, mapping))
                {
                    yield return mapping;
                }

                if (composer.KindOf(index) == NodeKind.Directory)
                {
                    due[tables.PlaceOf(children[index])] = (mapping.TruePath.ToArray(), mapping.IsoPath, mapping.UdfPath);
                }
            }
        }
    }

    /// <summary>The identifier of a moved directory, where it was moved to.</summary>
    public static string MovedIdentifier(int number) => string.Create(CultureInfo.InvariantCulture, $"D{number:D7}");

    private NameMapping Map(DirectoryComposer composer, int index, int entry, (byte[] True, string Iso, string Udf) parent)
    {
        ReadOnlySpan<byte> name = composer.NameOf(index);
        byte[] path = parent.True.Length == 0 ? name.ToArray() : [.. parent.True, (byte)'/', .. name];
        string iso = composer.KindOf(index) == NodeKind.Directory && composer.MovesChildren
            ? $"/{Relocation.Directory}/{MovedIdentifier(MovedNumber(entry))}"
            : $"{parent.Iso}/{Encoding.ASCII.GetString(composer.IsoNameOf(index))}";
        string udf = composer.UdfNameOf(index).IsEmpty ? "" : $"{parent.Udf}/{UdfText.Compressed(composer.UdfNameOf(index))}";
        return new(entry, path, iso, udf);
    }

    private int MovedNumber(int entry) => tables.PlaceAt(tables.PlaceOf(entry)).MovedNumber;

    private static bool Differs(DirectoryComposer composer, int index, in NameMapping mapping)
    {
        ReadOnlySpan<char> iso = mapping.IsoPath.AsSpan(1);
        iso = composer.KindOf(index) != NodeKind.Directory ? iso[..iso.IndexOf(';')].TrimEnd('.') : iso;
        ReadOnlySpan<byte> path = mapping.TruePath.Span;
        bool isIso = iso.Length == path.Length && Encoding.ASCII.GetBytes(iso.ToString()).AsSpan().SequenceEqual(path);
        return !isIso || (mapping.UdfPath.Length > 0 && !Encoding.UTF8.GetBytes(mapping.UdfPath[1..]).AsSpan().SequenceEqual(path));
    }
}
