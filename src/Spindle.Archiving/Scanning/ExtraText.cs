// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spindle.Files;
using Spindle.Files.Listing;

namespace Spindle.Archiving.Scanning;

/// <summary>What is kept of a name beyond the columns of its entry, as JSON in UTF-8. docs/formats/catalogue.md lists the keys.</summary>
internal sealed class ExtraText(ISourceSystem system)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Most files have owners and nothing else: the same few texts again and again.
    private readonly ConcurrentDictionary<(long Uid, long Gid), byte[]?> _ofOwners = new();
    private readonly ConcurrentDictionary<long, byte[]?> _users = new();
    private readonly ConcurrentDictionary<long, byte[]?> _groups = new();
    private long _farTimes;
    private long _attributesLeftOut;
    private long _streamsLeftOut;
    private long _accessListsLeftOut;

    /// <summary>How many names had a time that nanoseconds since 1970 in 64 bits can't hold: before 1677, or after 2262.</summary>
    public long FarTimes => Interlocked.Read(ref _farTimes);

    /// <summary>How many names had an attribute that is too long to be kept.</summary>
    public long AttributesLeftOut => Interlocked.Read(ref _attributesLeftOut);

    /// <summary>How many names had streams of Windows beside their content, which are not kept.</summary>
    public long StreamsLeftOut => Interlocked.Read(ref _streamsLeftOut);

    /// <summary>How many names had an access list of their own of Windows or macOS, which is not kept.</summary>
    public long AccessListsLeftOut => Interlocked.Read(ref _accessListsLeftOut);

    /// <returns>Null where there is nothing to keep.</returns>
    public byte[]? Of(in NodeStatus status, IReadOnlyList<ExtendedAttribute> attributes, IReadOnlyList<(long Offset, long Length)>? dataRuns)
    {
        bool isDevice = status.Kind is EntryKind.CharacterDevice or EntryKind.BlockDevice;
        if (status.FarModified is not null)
        {
            Interlocked.Increment(ref _farTimes);
        }

        if (attributes.Any(attribute => attribute.LeftOut > 0))
        {
            CountWhere(BesideContent.Attribute, ref _attributesLeftOut);
            CountWhere(BesideContent.Stream, ref _streamsLeftOut);
            CountWhere(BesideContent.AccessList, ref _accessListsLeftOut);

            attributes = [.. attributes.Where(attribute => attribute.LeftOut == 0)];
        }

        if (attributes.Count == 0 && dataRuns is null && !isDevice && status.FarModified is null)
        {
            return _ofOwners.GetOrAdd((status.Uid, status.Gid), owners => Written(owners.Uid, owners.Gid, null, [], null, null));
        }

        return Written(status.Uid, status.Gid, isDevice ? status.SpecialDevice : null, attributes, dataRuns, status.FarModified);

        void CountWhere(BesideContent kind, ref long names)
        {
            if (attributes.Any(attribute => attribute.LeftOut > 0 && attribute.Kind == kind))
            {
                Interlocked.Increment(ref names);
            }
        }
    }

    private byte[]? Written(
        long uid, long gid, long? device, IReadOnlyList<ExtendedAttribute> attributes, IReadOnlyList<(long Offset, long Length)>? dataRuns, (long Seconds, uint Nanoseconds)? modified)
    {
        ArrayBufferWriter<byte> text = new(128);
        using Utf8JsonWriter writer = new(text, Options);
        writer.WriteStartObject();
        Name(writer, "user", _users.GetOrAdd(uid, system.UserName));
        Name(writer, "group", _groups.GetOrAdd(gid, system.GroupName));
        if (device is { } number)
        {
            writer.WriteStartArray("device");
            writer.WriteNumberValue(number >> 32);
            writer.WriteNumberValue(number & 0xFFFF_FFFF);
            writer.WriteEndArray();
        }

        if (modified is { } time)
        {
            writer.WriteStartArray("modified");
            writer.WriteNumberValue(time.Seconds);
            writer.WriteNumberValue(time.Nanoseconds);
            writer.WriteEndArray();
        }

        if (attributes.Count > 0)
        {
            writer.WriteStartArray("xattrs");
            foreach (ExtendedAttribute attribute in attributes)
            {
                writer.WriteStartObject();
                Name(writer, "name", attribute.Name);
                writer.WriteBase64String("value", attribute.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (dataRuns is not null)
        {
            writer.WriteStartArray("data");
            foreach ((long offset, long length) in dataRuns)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(offset);
                writer.WriteNumberValue(length);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.Flush();
        return text.WrittenCount > 2 ? text.WrittenSpan.ToArray() : null;
    }

    private static void Name(Utf8JsonWriter writer, string key, byte[]? name)
    {
        if (name is null)
        {
            return;
        }

        if (System.Text.Unicode.Utf8.IsValid(name))
        {
            writer.WriteString(key, name);
        }
        else
        {
            writer.WriteString(key, Encoding.UTF8.GetString(name));
            writer.WriteBase64String(key + "Bytes", name);
        }
    }
}
