// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Files;

namespace Spindle.Archiving.Restoring;

/// <summary>Names in the target that are not the archive's own: of files that are not whole yet, and of those that can't be.</summary>
/// <remarks>
/// A file that is not whole yet is called <c>NAME.HASH.part</c>, with the first 16 digits of the hash that it must have: nobody
/// calls a file of his own so, and the next run knows by it what to go on with. <c>NAME.damaged</c> may well be somebody's own;
/// it is never replaced. Neither is a name of the archive, whether it is restored now or not.
/// </remarks>
internal sealed class TargetNames
{
    private const int LongestName = 255; // NAME_MAX of Linux, and about that of all others
    private const int LongestPartName = 143; // eCryptfs takes no more, and nobody needs more to know whose it is
    private const int HashDigits = 16;
    private const int DamagedCopies = 1000;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdef"u8);

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private static ReadOnlySpan<byte> PartEnd => ".part"u8;

    private static ReadOnlySpan<byte> DamagedEnd => ".damaged"u8;

    /// <summary>Reads which names of the archive, of any time, look like ours.</summary>
    public static TargetNames Of(CatalogueDatabase database)
    {
        TargetNames names = new();
        using Statement alike = database.Prepare("""
            SELECT d.path, e.name FROM (SELECT directory, name FROM entry WHERE
                (substr(name, -5) = x'2e70617274' AND substr(name, -22, 1) = x'2e') OR substr(name, -8) = x'2e64616d61676564') e
            CROSS JOIN directory d ON d.id = e.directory
            """);
        while (alike.Step())
        {
            names.Take(ArchivePath.Join(alike.Blob(0), alike.Blob(1)));
        }

        return names;
    }

    /// <summary>Remembers a path of the archive that looks like one of ours: it must not be taken for one.</summary>
    public void Take(ReadOnlySpan<byte> path) => _taken.Add(Encoding.Latin1.GetString(path));

    /// <summary>What a file is called until it is whole.</summary>
    /// <param name="path">Its own.</param>
    /// <param name="hash">What it must have.</param>
    public byte[] PartNameOf(ReadOnlySpan<byte> path, ReadOnlySpan<byte> hash)
    {
        Span<byte> end = stackalloc byte[1 + HashDigits + PartEnd.Length];
        end[0] = (byte)'.';
        _ = Convert.TryToHexStringLower(hash[..Math.Min(hash.Length, HashDigits / 2)], end.Slice(1, HashDigits), out int digits);
        end.Slice(1 + digits, HashDigits - digits).Fill((byte)'0');
        PartEnd.CopyTo(end[(1 + HashDigits)..]);
        byte[] name = NameWith(path, end, LongestPartName);
        for (int number = 2; IsTaken(name); number++)
        {
            name = NameWith(path, [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $".{number}")), .. end], LongestPartName);
        }

        return name;
    }

    /// <summary>What a file may be called of which not all could be had, the first choice first.</summary>
    public IEnumerable<byte[]> DamagedNamesOf(byte[] path)
    {
        for (int number = 1; number <= DamagedCopies; number++)
        {
            byte[] middle = number == 1 ? [] : Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $".{number}"));
            byte[] name = NameWith(path, [.. middle, .. DamagedEnd], LongestName);
            if (!IsTaken(name))
            {
                yield return name;
            }
        }
    }

    /// <summary>Whether a name can only be that of a file that is not whole yet.</summary>
    public static bool IsPartName(ReadOnlySpan<byte> name) =>
        name.EndsWith(PartEnd) && name.Length > PartEnd.Length + HashDigits + 1 && name[^(PartEnd.Length + HashDigits + 1)] == '.'
        && !name[^(PartEnd.Length + HashDigits)..^PartEnd.Length].ContainsAnyExcept(Digits);

    /// <summary>The name before <c>.damaged</c>; empty where it does not end so.</summary>
    public static ReadOnlySpan<byte> BehindDamaged(ReadOnlySpan<byte> name) => name.EndsWith(DamagedEnd) ? name[..^DamagedEnd.Length] : [];

    private bool IsTaken(ReadOnlySpan<byte> path) => _taken.Count > 0 && _taken.Contains(Encoding.Latin1.GetString(path));

    /// <summary>Puts an end behind a name; of one that would become too long, a hash of it stands for its own end.</summary>
    private static byte[] NameWith(ReadOnlySpan<byte> path, ReadOnlySpan<byte> end, int longest)
    {
        ReadOnlySpan<byte> name = ArchivePath.NameOf(path);
        if (name.Length + end.Length <= longest)
        {
            return [.. path, .. end];
        }

        ReadOnlySpan<byte> hash = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(name).AsSpan(0, HashDigits / 2)));
        int kept = longest - end.Length - hash.Length - 1;
        while (kept > 0 && (name[kept] & 0xC0) == 0x80)
        {
            kept--; // no character is cut in two: some file systems take no such name
        }

        return ArchivePath.Join(ArchivePath.DirectoryOf(path), [.. name[..kept], (byte)'~', .. hash, .. end]);
    }
}
