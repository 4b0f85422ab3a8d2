// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Spindle.Formats.Analysis;

/// <summary>XML of one element a line, four spaces a level, as isolyzer lays it out.</summary>
internal sealed class XmlLines(TextWriter output)
{
    private const string Namespace = "http://kb.nl/ns/isolyzer/v1/";
    private const string Schema = "https://raw.githubusercontent.com/KBNLresearch/isolyzer/main/xsd/isolyzer-v-1-0.xsd";

    private int _level;

    public void Start()
    {
        output.Write("<?xml version=\"1.0\" ?>\n");
        output.Write($"<isolyzer xmlns=\"{Namespace}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"{Namespace} {Schema}\">\n");
        _level = 1;
    }

    public void End() => output.Write("</isolyzer>\n");

    public void Open(string name)
    {
        Indent();
        output.Write($"<{name}>\n");
        _level++;
    }

    public void OpenFileSystem(string type)
    {
        Indent();
        output.Write($"<fileSystem TYPE=\"{type}\">\n");
        _level++;
    }

    public void Close(string name)
    {
        _level--;
        Indent();
        output.Write($"</{name}>\n");
    }

    public void Element(string name, long value) => Element(name, value.ToString(CultureInfo.InvariantCulture));

    public void Element(string name, bool value) => Element(name, value ? "True" : "False");

    public void Element(string name, string value)
    {
        Indent();
        output.Write(value.Length == 0 ? $"<{name}/>\n" : $"<{name}>{Escape(value)}</{name}>\n");
    }

    /// <summary>Text of a field of bytes: UTF-8, what is none left out, without control characters and outer white space.</summary>
    public void Element(string name, ReadOnlySpan<byte> bytes) => Element(name, TextOf(Utf8(bytes)));

    /// <summary>Text without control characters, unassigned ones and outer white space.</summary>
    public static string TextOf(string text)
    {
        StringBuilder kept = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isOther = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
            if (!isOther || rune.Value is '\t' or '\n' or '\r')
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString().Trim();
    }

    private static string Utf8(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }

    // What XML cannot hold at all is replaced: a path may have it.
    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (char character in text)
        {
            escaped.Append(character switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                < ' ' and not ('\t' or '\n' or '\r') or '\uFFFE' or '\uFFFF' => "\uFFFD",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }

    private void Indent()
    {
        for (int level = 0; level < _level; level++)
        {
            output.Write("    ");
        }
    }
}
