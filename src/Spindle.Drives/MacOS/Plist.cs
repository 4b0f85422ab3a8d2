// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Xml;

namespace Spindle.Drives.MacOS;

/// <summary>A value of a property list in its XML form, as Apple's programs print them (plist(5)).</summary>
/// <remarks>Nothing in it is trusted: no entity is looked up, and neither its size nor its depth may grow without bound.</remarks>
internal sealed class Plist
{
    /// <summary>Characters of the longest list that is read: the registry of a machine with a hundred drives has a tenth of it.</summary>
    private const int Longest = 16 << 20;

    /// <summary>Lists within lists: a drive behind five USB hubs has some thirty.</summary>
    private const int Deepest = 200;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore, // there is always a DOCTYPE; what it would declare stays undeclared
        XmlResolver = null,
        MaxCharactersInDocument = Longest,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    private readonly Dictionary<string, Plist> _keys = [];
    private readonly List<Plist> _items = [];
    private string? _text;
    private long? _number;
    private bool? _flag;

    /// <summary>Its values where it is an array, in order; else none.</summary>
    public IReadOnlyList<Plist> Items => _items;

    /// <summary>The value of a key; null where it is no dictionary, or has no such key.</summary>
    public Plist? this[string key] => _keys.GetValueOrDefault(key);

    /// <summary>Reads a list.</summary>
    /// <returns>Null where it is none, is cut short, or is beyond all bounds.</returns>
    public static Plist? Parse(byte[] bytes)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new MemoryStream(bytes), Settings);
            return reader.MoveToContent() == XmlNodeType.Element && reader.Name == "plist" && MoveToChild(reader) ? Read(reader, depth: 0) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>A text without blanks around it; null where there is none, or nothing in it.</summary>
    public string? Text(string key) => this[key]?._text?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A whole number; null where there is none.</summary>
    public long? Number(string key) => this[key]?._number;

    /// <summary>Whether something is so; null where that is not said.</summary>
    public bool? Flag(string key) => this[key]?._flag;

    /// <summary>The values of an array; none where there is no such array.</summary>
    public IReadOnlyList<Plist> Array(string key) => this[key]?.Items ?? [];

    /// <summary>Reads the element that the reader stands on, and moves behind it.</summary>
    private static Plist Read(XmlReader reader, int depth)
    {
        if (depth > Deepest)
        {
            throw new XmlException("too deep");
        }

        Plist value = new();
        switch (reader.Name)
        {
            case "dict":
                ReadChildren(reader, () =>
                {
                    string key = reader.Name == "key" ? reader.ReadElementContentAsString() : throw new XmlException("no key");
                    value._keys[key] = reader.NodeType == XmlNodeType.Element ? Read(reader, depth + 1) : throw new XmlException("no value");
                });
                break;
            case "array":
                ReadChildren(reader, () => value._items.Add(Read(reader, depth + 1)));
                break;
            case "true" or "false":
                value._flag = reader.Name == "true";
                reader.Skip();
                break;
            case "integer":
                value._number = NumberOf(reader.ReadElementContentAsString().Trim());
                break;
            default: // string, real, date, data
                value._text = reader.ReadElementContentAsString();
                break;
        }

        return value;
    }

    private static void ReadChildren(XmlReader reader, Action readChild)
    {
        if (!MoveToChild(reader))
        {
            return;
        }

        while (reader.NodeType == XmlNodeType.Element)
        {
            readChild();
        }

        reader.ReadEndElement();
    }

    /// <returns>Whether there is a child; else it has moved behind the element.</returns>
    private static bool MoveToChild(XmlReader reader)
    {
        bool isEmpty = reader.IsEmptyElement;
        reader.Read();
        if (isEmpty || reader.NodeType == XmlNodeType.Element)
        {
            return !isEmpty;
        }

        reader.ReadEndElement(); // throws where text stands in it
        return false;
    }

    /// <summary>The registry's numbers have 64 bits without a sign.</summary>
    private static long? NumberOf(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong large) ? unchecked((long)large)
        : null;
}
