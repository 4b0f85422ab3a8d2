// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Spindle.Files.Windows;

namespace Spindle.Files.Names;

/// <summary>Which names a file system takes, and which of them it takes for one.</summary>
/// <remarks>
/// Names are bytes, as Linux has them. Whoever brings names of one system to another asks this: for restoring and for extracting, on
/// every system, as a Linux writes to a stick with FAT, too. What a target takes is found out by asking it (<c>NameProbe</c>).
/// </remarks>
public sealed record NameRules
{
    /// <summary>Characters that no name of Windows has, beside those below the blank ("Naming Files, Paths, and Namespaces", Win32 documentation).</summary>
    public const string WindowsForbidden = "\\:*?\"<>|";

    private const int KeptExtension = 16;

    private static readonly HashSet<string> WindowsDevices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    private readonly SearchValues<byte> _forbidden = SearchValues.Create(ReadOnlySpan<byte>.Empty);

    /// <summary>Those of Linux's own file systems: any bytes but a slash and a zero.</summary>
    public static NameRules Any { get; } = new();

    /// <summary>Those of Windows. What a name may be for one of its programs, not all that its file systems could hold.</summary>
    public static NameRules Windows { get; } = new() { IsCaseless = true, IsUnicode = true, Forbidden = WindowsForbidden, TakesControls = false, TakesEnds = false, TakesDevices = false };

    /// <summary>Those of this system, whatever its file systems take.</summary>
    public static NameRules OfThisSystem => OperatingSystem.IsWindows() ? Windows : Any;

    /// <summary>Names that differ in case only are one name.</summary>
    public bool IsCaseless { get; init; }

    /// <summary>Names that differ only in how their accents are written are one name.</summary>
    public bool IsNormalising { get; init; }

    /// <summary>Names are text: bytes that are no UTF-8 are in none.</summary>
    public bool IsUnicode { get; init; }

    /// <summary>Characters of ASCII that are in no name.</summary>
    public string Forbidden
    {
        get;
        init
        {
            field = value;
            _forbidden = SearchValues.Create(Encoding.ASCII.GetBytes(value));
        }
    }
    = "";

    /// <summary>Characters below the blank may be in a name.</summary>
    public bool TakesControls { get; init; } = true;

    /// <summary>A dot or a blank may be the end of a name.</summary>
    public bool TakesEnds { get; init; } = true;

    /// <summary>The names of Windows' devices may be those of files.</summary>
    public bool TakesDevices { get; init; } = true;

    /// <summary>Bytes of the longest name.</summary>
    public static int LongestName => 255; // NAME_MAX of Linux, and about that of all others

    /// <summary>Every name is taken as it is, and for itself.</summary>
    public bool TakesAll => !IsCaseless && !IsNormalising && TakesEach;

    /// <summary>Every name is taken as it is; several may be one.</summary>
    public bool TakesEach => !IsUnicode && Forbidden.Length == 0 && TakesControls && TakesEnds && TakesDevices;

    /// <summary>The name, or the nearest one that is taken: <c>_</c> stands for what can't be in it, <c>%FF</c> for a byte that is no text.</summary>
    /// <remarks>Several names may become one: <see cref="KeyOf"/> tells.</remarks>
    public byte[] Fitting(ReadOnlySpan<byte> name)
    {
        if (TakesEach || IsTaken(name))
        {
            return name.ToArray();
        }

        List<byte> fitting = new(name.Length + 8);
        for (int at = 0; at < name.Length;)
        {
            int length = IsUnicode ? LengthOfCharacter(name[at..]) : 1;
            if (length == 0)
            {
                fitting.AddRange(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"%{name[at]:X2}")));
                at++;
                continue;
            }

            if (length == 1 && IsForbidden(name[at]))
            {
                fitting.Add((byte)'_');
            }
            else
            {
                fitting.AddRange(name.Slice(at, length));
            }

            at += length;
        }

        for (int end = fitting.Count - 1; !TakesEnds && end >= 0 && fitting[end] is (byte)'.' or (byte)' '; end--)
        {
            fitting[end] = (byte)'_';
        }

        if (!TakesDevices && IsDevice([.. fitting]))
        {
            fitting.Insert(0, (byte)'_');
        }

        return [.. fitting];
    }

    /// <summary>Alike for names that are one name there. Of 64 bits: of a million names two are alike by chance once in forty million times.</summary>
    public ulong KeyOf(ReadOnlySpan<byte> name)
    {
        if ((IsCaseless || IsNormalising) && !Ascii.IsValid(name) && Utf8.IsValid(name))
        {
            string text = Encoding.UTF8.GetString(name);
            text = IsNormalising ? Decompositions.Of(text) : text;
            text = IsCaseless ? text.ToUpperInvariant() : text;
            if (IsCaseless && IsNormalising)
            {
                // APFS folds case in full (Unicode, CaseFolding.txt), where one letter may become two.
                text = Decompositions.Of(text.Replace("ß", "SS", StringComparison.Ordinal).Replace("ẞ", "SS", StringComparison.Ordinal));
            }

            return Hash(Encoding.UTF8.GetBytes(text), isCaseless: false);
        }

        return Hash(name, IsCaseless);
    }

    /// <summary>Puts a mark before a name's extension, and cuts what is before it as far as it must be.</summary>
    /// <param name="name">As it would be without.</param>
    /// <param name="mark">Such as <c>~2</c>.</param>
    public static byte[] Marked(ReadOnlySpan<byte> name, string mark)
    {
        int dot = name.LastIndexOf((byte)'.');
        int stem = dot > 0 && name.Length - dot <= KeptExtension ? dot : name.Length;
        ReadOnlySpan<byte> extension = name[stem..];
        int kept = Math.Min(stem, LongestName - mark.Length - extension.Length);
        while (kept > 0 && kept < stem && (name[kept] & 0xC0) == 0x80)
        {
            kept--; // no character is cut in two
        }

        return [.. name[..kept], .. Encoding.ASCII.GetBytes(mark), .. extension];
    }

    /// <summary>The mark of a name that is too long for every system: from its hash, so that it is the same each time.</summary>
    public static string MarkOf(ReadOnlySpan<byte> name) => "~" + Convert.ToHexString(SHA256.HashData(name).AsSpan(0, 4));

    private static ulong Hash(ReadOnlySpan<byte> bytes, bool isCaseless)
    {
        ulong hash = 14695981039346656037; // FNV-1a
        foreach (byte value in bytes)
        {
            byte folded = isCaseless && value is >= (byte)'a' and <= (byte)'z' ? (byte)(value - 32) : value;
            hash = unchecked((hash ^ folded) * 1099511628211);
        }

        return hash;
    }

    private static int LengthOfCharacter(ReadOnlySpan<byte> name)
    {
        if (Wtf8.IsHalf(name))
        {
            return OperatingSystem.IsWindows() ? 3 : 0; // which Windows takes
        }

        return Rune.DecodeFromUtf8(name, out _, out int length) == OperationStatus.Done ? length : 0;
    }

    private bool IsTaken(ReadOnlySpan<byte> name) =>
        name.IndexOfAny(_forbidden) < 0
        && (TakesControls || !name.ContainsAnyInRange((byte)1, (byte)0x1F))
        && (!IsUnicode || Utf8.IsValid(name))
        && (TakesEnds || name.IsEmpty || name[^1] is not ((byte)'.' or (byte)' '))
        && (TakesDevices || !IsDevice(name));

    private bool IsForbidden(byte value) => _forbidden.Contains(value) || (!TakesControls && value < 0x20);

    private static bool IsDevice(ReadOnlySpan<byte> name)
    {
        int dot = name.IndexOf((byte)'.');
        ReadOnlySpan<byte> stem = (dot < 0 ? name : name[..dot]).TrimEnd((byte)' ');
        return stem.Length is >= 3 and <= 7 && WindowsDevices.Contains(Encoding.UTF8.GetString(stem));
    }
}
