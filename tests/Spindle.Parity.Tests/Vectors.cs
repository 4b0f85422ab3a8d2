// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Parity.Sectors;
using Spindle.Parity.Tests.Rs03;

namespace Spindle.Parity.Tests;

/// <summary>The golden files of tests/fixtures/rs03: what the reference program makes, bit for bit.</summary>
internal static class Vectors
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "fixtures", "rs03");
    private static readonly Dictionary<string, string> Sums = ReadSums("SHA256SUMS");

    /// <summary>Images: payload, name, size of the medium in sectors.</summary>
    public static TheoryData<string, string, int> Images => new()
    {
        { "p200.iso", "aug-a-200of510.iso", 510 },
        { "p400.iso", "aug-b-400of510.iso", 510 },
        { "p490.iso", "aug-c-490of510.iso", 510 },
        { "p160.iso", "aug-d-160of510.iso", 510 },
        { "p200.iso", "aug-f-200of255.iso", 255 },
        { "p400.iso", "aug-g-400of1000.iso", 1000 },
        { "raw300.bin", "aug-h-raw300of600.img", 600 },
    };

    /// <summary>Files of parity: payload, name, roots.</summary>
    public static TheoryData<string, string, int> Files => new()
    {
        { "p400.iso", "ecc-a-p400-r32.ecc", 32 },
        { "p400.iso", "ecc-b-p400-r8.ecc", 8 },
        { "p400.iso", "ecc-c-p400-r170.ecc", 170 },
        { "odd.bin", "ecc-d-odd-r32.ecc", 32 },
        { "tiny.bin", "ecc-e-tiny-r32.ecc", 32 },
        { "p700.iso", "ecc-f-p700-high.ecc", 64 },
    };

    /// <summary>The SHA-256 of what the reference program made.</summary>
    /// <param name="name">The file.</param>
    /// <param name="list">Which list it is in.</param>
    public static string Sha256Of(string name, string list = "SHA256SUMS") => (list == "SHA256SUMS" ? Sums : ReadSums(list))[name];

    /// <summary>Names and sums of a list.</summary>
    public static Dictionary<string, string> ReadSums(string list) => File.ReadAllLines(Path.Combine(Folder, list))
        .ToDictionary(line => line[66..], line => line[..64]);

    /// <summary>The program that makes them all.</summary>
    public static string Recipe => Path.Combine(Folder, "make-vectors");

    /// <summary>Makes one, and holds it against its sum.</summary>
    public static byte[] Read(string name)
    {
        byte[] bytes = Make(name);
        Assert.True(Sha256Of(name) == Payloads.Sha256(bytes), $"{name} is not what the reference program made");
        return bytes;
    }

    /// <summary>A volume of ISO 9660 that holds nothing, and noise: see make-vectors.</summary>
    private static byte[] Volume(int sectors)
    {
        byte[] volume = new byte[sectors * 2048];
        uint state = (uint)sectors;
        for (int i = 0; i < volume.Length; i++)
        {
            state = unchecked((state * 1_664_525) + 1_013_904_223);
            volume[i] = (byte)(state >> 24);
        }

        Span<byte> descriptor = volume.AsSpan(16 * 2048, 2048);
        descriptor.Clear();
        "\u0001CD001\u0001"u8.CopyTo(descriptor);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(descriptor[80..], sectors);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(descriptor[84..], sectors);
        (descriptor[129], descriptor[130]) = (8, 8);
        Span<byte> end = volume.AsSpan(17 * 2048, 2048);
        end.Clear();
        end[0] = 0xFF;
        "CD001\u0001"u8.CopyTo(end[1..]);
        return volume;
    }

    private static byte[] Make(string name) => name switch
    {
        "raw300.bin" => [.. Payloads.Raw300],
        "odd.bin" => [.. Payloads.Odd],
        "tiny.bin" => [.. Payloads.Tiny],
        ['p', .. var number] => Volume(int.Parse(number[..^".iso".Length], System.Globalization.CultureInfo.InvariantCulture)),
        ['r', 's', '0', '2', ..] => [.. Read("p400.iso"), .. File.ReadAllBytes(Path.Combine(Folder, Path.ChangeExtension(name, ".tail")))],
        ['r', 's', '0', '1', ..] => File.ReadAllBytes(Path.Combine(Folder, name)),
        ['a', 'u', 'g', ..] => Images.Where(row => row.Data.Item2 == name).Select(row => Rs03EncoderTests.EncodeImage(Read(row.Data.Item1), row.Data.Item3)).Single(),
        ['e', 'c', 'c', ..] => Files.Where(row => row.Data.Item2 == name).Select(row => Rs03EncoderTests.EncodeFile(Read(row.Data.Item1), row.Data.Item3)).Single(),
        _ => Damage(name),
    };

    private static byte[] Damage(string name)
    {
        byte[] whole = Read("aug-b-400of510.iso");
        switch (name)
        {
            case "dmg-a-dead53.iso":
                Erase(whole, 30, 135);
                break;
            case "dmg-b-dead54.iso":
                Erase(whole, 30, 136);
                break;
            case "dmg-c-hdr.iso":
                Erase(whole, 400, 401);
                break;
            case "dmg-d-crclayer.iso":
                Erase(whole, 402, 403);
                break;
            case "dmg-e-flip.iso":
                foreach (int sector in new[] { 3, 60, 61, 150, 402, 450 })
                {
                    whole[(sector * 2048) + 100] = 0xFF;
                }

                break;
            case "dmg-f-truncated.iso":
                return whole[..(480 * 2048)];
            case "dmg-g-all.iso":
                Erase(whole, 16, 16);
                Erase(whole, 400, 403);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "no such file");
        }

        return whole;
    }

    /// <summary>Dead sectors as the reference program marks them, with all that it writes for people.</summary>
    private static void Erase(byte[] image, int first, int last)
    {
        // It knows the disc, and its name, only as long as there is a volume descriptor.
        bool hasVolume = image[16 * 2048] == 1;
        UInt128 fingerprint = hasVolume ? Fingerprint.Of(new MemoryStorage(image), image.Length) : 0;
        for (int sector = first; sector <= last; sector++)
        {
            Span<byte> marker = image.AsSpan(sector * 2048, 2048);
            DeadSectorMarker.Write(marker);
            Write(marker, 0x100, "Dead sector marker version", "1.00");
            Write(marker, 0x140, "Dead sector number", $"{sector}");
            Write(marker, 0x180, "Medium fingerprint", "");
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(marker[0x1A0..], fingerprint);
            Write(marker, 0x1C0, "Medium fingerprint sector", "16");
            Write(marker, 0x200, "Volume label (if any)", hasVolume ? "Unnamed" : "none");
        }
    }

    private static void Write(Span<byte> marker, int at, string label, string value)
    {
        Encoding.ASCII.GetBytes(label, marker[at..]);
        Encoding.ASCII.GetBytes(value, marker[(at + 0x20)..]);
    }
}
