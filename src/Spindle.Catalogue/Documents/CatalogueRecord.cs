// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Spindle.Catalogue.Documents;

/// <summary>A record of <c>catalogue.json</c>, read from its line: what it does not have is null, or empty.</summary>
/// <remarks>One instance takes line after line, so that a million of them leave nothing behind. What it gives holds until the next one.</remarks>
internal sealed class CatalogueRecord
{
    // What a line may hold as text; the numbers are those of the fields in _texts.
    private const int TextCount = 13;

    private static readonly string[] TextNames =
        ["path", "target", "source", "prefix", "uuid", "label", "created", "started", "finished", "sha256", "sha512", "detail", "extra"];

    private static readonly string[] NumberNames =
        ["id", "size", "modified", "mode", "uid", "gid", "linkGroup", "flags", "firstScan", "goneScan", "disc", "scan", "plan", "capacity", "number"];

    private static readonly Dictionary<string, Field> Fields = MakeFields();

    private static readonly Dictionary<string, Field>.AlternateLookup<ReadOnlySpan<char>> FieldsByName = Fields.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly (int Start, int Length)[] _texts = new (int, int)[TextCount];
    private readonly long?[] _numbers = new long?[NumberNames.Length];
    private readonly List<(long Disc, long Part, long Offset, long Length)> _placements = [];
    private byte[] _buffer = new byte[4096];
    private int _used;

    private enum FieldKind
    {
        Text,
        Base64,
        Raw,
        Number,
        Kind,
        Placements,
    }

    public ReadOnlySpan<byte> Path => Text(0);

    public ReadOnlySpan<byte> Target => Text(1);

    public ReadOnlySpan<byte> Source => Text(2);

    public ReadOnlySpan<byte> Prefix => Text(3);

    public ReadOnlySpan<byte> Uuid => Text(4);

    public ReadOnlySpan<byte> Label => Text(5);

    public ReadOnlySpan<byte> Created => Text(6);

    public ReadOnlySpan<byte> Started => Text(7);

    public ReadOnlySpan<byte> Finished => Text(8);

    /// <summary>32 bytes, or none.</summary>
    public ReadOnlySpan<byte> Sha256 => Text(9);

    /// <summary>64 bytes, or none.</summary>
    public ReadOnlySpan<byte> Sha512 => Text(10);

    /// <summary>JSON.</summary>
    public ReadOnlySpan<byte> Detail => Text(11);

    /// <summary>JSON.</summary>
    public ReadOnlySpan<byte> Extra => Text(12);

    public bool HasPath => Has(0);

    public bool HasTarget => Has(1);

    public bool HasStart => Has(7);

    public bool HasFinish => Has(8);

    public bool HasDetail => Has(11);

    public bool HasExtra => Has(12);

    public long? Id => _numbers[0];

    public long? Size => _numbers[1];

    public long? Modified => _numbers[2];

    public long? Mode => _numbers[3];

    public long? Uid => _numbers[4];

    public long? Gid => _numbers[5];

    public long? LinkGroup => _numbers[6];

    public long? Flags => _numbers[7];

    public long? FirstScan => _numbers[8];

    public long? GoneScan => _numbers[9];

    public long? Disc => _numbers[10];

    public long? Scan => _numbers[11];

    public long? Plan => _numbers[12];

    public long? Capacity => _numbers[13];

    public long? Number => _numbers[14];

    /// <summary>As in the catalogue; -1 where it is none.</summary>
    public int Kind { get; private set; }

    public IReadOnlyList<(long Disc, long Part, long Offset, long Length)> Placements => _placements;

    /// <summary>Reads a line.</summary>
    /// <returns>False where it is no record: damaged, or something else.</returns>
    public bool TryRead(ReadOnlySpan<byte> line)
    {
        Array.Fill(_texts, (0, -1));
        Array.Clear(_numbers);
        _placements.Clear();
        (_used, Kind) = (0, -1);
        if (_buffer.Length < line.Length)
        {
            _buffer = new byte[line.Length]; // no text is longer than its line
        }

        try
        {
            Utf8JsonReader json = new(line);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                Field? field = FieldOf(json.ValueSpan);
                json.Read();
                if (field is null)
                {
                    json.Skip();
                }
                else
                {
                    Take(field, ref json, line);
                }
            }

            return json.TokenType == JsonTokenType.EndObject && !json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static Dictionary<string, Field> MakeFields()
    {
        Dictionary<string, Field> fields = new(StringComparer.Ordinal) { ["kind"] = new(FieldKind.Kind, 0), ["placements"] = new(FieldKind.Placements, 0) };
        for (int index = 0; index < TextCount; index++)
        {
            string name = TextNames[index];
            fields.Add(name, new(name is "detail" or "extra" ? FieldKind.Raw : FieldKind.Text, index));
            if (name is "path" or "target" or "source" or "prefix")
            {
                fields.Add(name + "Bytes", new(FieldKind.Base64, index)); // it is no UTF-8, and its text only shows it
            }
        }

        for (int index = 0; index < NumberNames.Length; index++)
        {
            fields.Add(NumberNames[index], new(FieldKind.Number, index));
        }

        return fields;
    }

    private static Field? FieldOf(ReadOnlySpan<byte> name)
    {
        const int longest = 16;
        Span<char> text = stackalloc char[longest];
        return name.Length <= longest && System.Text.Encoding.ASCII.TryGetChars(name, text, out int length) ? FieldsByName.TryGetValue(text[..length], out Field? field) ? field : null : null;
    }

    private void Take(Field field, ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        switch (field.Kind)
        {
            case FieldKind.Number:
                _numbers[field.Index] = json.GetInt64();
                break;
            case FieldKind.Kind:
                Kind = CatalogueJsonWriter.KindOf(json.ValueSpan);
                break;
            case FieldKind.Placements:
                TakePlacements(ref json);
                break;
            case FieldKind.Raw when json.TokenType == JsonTokenType.String: // text that is no JSON was written as text
            case FieldKind.Text when TextNames[field.Index] is not ("sha256" or "sha512"):
                if (_texts[field.Index].Length < 0)
                {
                    _texts[field.Index] = (_used, json.CopyString(_buffer.AsSpan(_used)));
                    _used += _texts[field.Index].Length;
                }

                break;
            case FieldKind.Text:
                TakeHash(field.Index, json.ValueSpan);
                break;
            case FieldKind.Base64:
                Keep(field.Index, json.GetBytesFromBase64());
                break;
            default:
                int start = (int)json.TokenStartIndex;
                json.Skip();
                Keep(field.Index, line[start..(int)json.BytesConsumed]);
                break;
        }
    }

    private void TakeHash(int index, ReadOnlySpan<byte> digits)
    {
        int length = TextNames[index] == "sha256" ? 32 : 64;
        if (digits.Length != 2 * length || Convert.FromHexString(digits, _buffer.AsSpan(_used, length), out _, out _) != System.Buffers.OperationStatus.Done)
        {
            throw new FormatException("a hash that is none");
        }

        _texts[index] = (_used, length);
        _used += length;
    }

    private void Keep(int index, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_used));
        _texts[index] = (_used, bytes.Length);
        _used += bytes.Length;
    }

    private void TakePlacements(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            (long Disc, long Part, long Offset, long Length) at = default;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ReadOnlySpan<byte> name = json.ValueSpan;
                json.Read();
                long value = json.GetInt64();
                at = name.SequenceEqual("disc"u8) ? at with { Disc = value }
                    : name.SequenceEqual("part"u8) ? at with { Part = value }
                    : name.SequenceEqual("offset"u8) ? at with { Offset = value }
                    : name.SequenceEqual("length"u8) ? at with { Length = value }
                    : at;
            }

            _placements.Add(at);
        }
    }

    private bool Has(int index) => _texts[index].Length >= 0;

    private ReadOnlySpan<byte> Text(int index) => _texts[index] is (var start, >= 0 and var length) ? _buffer.AsSpan(start, length) : [];

    private sealed record Field(FieldKind Kind, int Index);
}
