// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Spindle.Media;

namespace Spindle.Station.Labels;

/// <summary>A drawing (SVG 1.1) with fields in braces, such as <c>{label}</c>, in its texts and attributes. Its size is that of paper, in millimetres. A text with <c>data-width</c> is as wide as
/// that at most: it is drawn smaller, down to six tenths, and then cut.</summary>
internal sealed partial class LabelTemplate
{
    /// <summary>The namespace of drawings.</summary>
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const string WidthKey = "data-width", SizeKey = "font-size";
    private const int LongestFile = 1 << 20; // characters
    private const double Smallest = 0.6;

    private readonly XElement _root;

    private LabelTemplate(XElement root, double width, double height) => (_root, Width, Height) = (root, width, height);

    /// <summary>The forms that there are a template for.</summary>
    public static IReadOnlyList<string> Forms { get; } = ["disc", "jewel", "dvd", "bd", "sleeve"];

    /// <summary>Millimetres.</summary>
    public double Width { get; }

    /// <summary>Millimetres.</summary>
    public double Height { get; }

    /// <summary>The template of a form, as text.</summary>
    public static string TextOf(string form)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"labels/{form}.svg")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The template of a form.</summary>
    public static LabelTemplate OfForm(string form) => Parse(new StringReader(TextOf(form)), form);

    /// <summary>A template of the user's.</summary>
    /// <exception cref="OperationFailedException"><c>no-such-source</c>, <c>source-denied</c>; <c>not-a-template</c>.</exception>
    public static LabelTemplate Read(string path)
    {
        try
        {
            using StreamReader reader = new(path, Encoding.UTF8);
            return Parse(reader, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failures.NoTemplate(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failures.NotATemplate(path, e.Message);
        }
    }

    /// <summary>The drawing of a label.</summary>
    /// <param name="fields">What stands in its fields.</param>
    /// <param name="cut">Is told of texts that had to be cut.</param>
    public XElement Fill(IReadOnlyDictionary<string, string> fields, Action<string> cut)
    {
        XElement drawing = new(_root);
        foreach (XAttribute attribute in drawing.DescendantsAndSelf().SelectMany(element => element.Attributes()).Where(attribute => attribute.Value.Contains('{', StringComparison.Ordinal)))
        {
            attribute.Value = Filled(attribute.Value, fields);
        }

        foreach (XText text in drawing.DescendantNodes().OfType<XText>().Where(text => text.Value.Contains('{', StringComparison.Ordinal)))
        {
            text.Value = Filled(text.Value, fields);
        }

        foreach (XElement text in drawing.Descendants(Svg + "text").ToArray())
        {
            Fit(text, cut);
        }

        return drawing;
    }

    private static LabelTemplate Parse(TextReader reader, string name)
    {
        try
        {
            XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestFile };
            using XmlReader xml = XmlReader.Create(reader, settings);
            XElement root = XDocument.Load(xml).Root!;
            if (root.Name != Svg + "svg" || Millimetres(root.Attribute("width")) is not { } width || Millimetres(root.Attribute("height")) is not { } height)
            {
                throw Failures.NotATemplate(name, "it is no drawing whose width and height are given in mm");
            }

            Refuse(root, name);
            return new(root, width, height);
        }
        catch (XmlException e)
        {
            throw Failures.NotATemplate(name, e.Message);
        }
    }

    /// <summary>What is filled in stays what it is: a field is one that there is.</summary>
    private static void Refuse(XElement root, string name)
    {
        IEnumerable<string> texts = root.DescendantsAndSelf().SelectMany(element => element.Attributes()).Select(attribute => attribute.Value).Concat(root.DescendantNodes().OfType<XText>().Select(text => text.Value));
        string? unknown = texts.SelectMany(text => Field().Matches(text)).Select(match => match.Groups[1].Value).FirstOrDefault(field => !LabelFields.Names.Contains(field));
        if (unknown is not null)
        {
            throw Failures.NoField(name, unknown);
        }
    }

    private static string Filled(string text, IReadOnlyDictionary<string, string> fields) => Field().Replace(text, match => fields.GetValueOrDefault(match.Groups[1].Value, ""));

    private static double? Millimetres(XAttribute? attribute) =>
        attribute?.Value is { } value && value.EndsWith("mm", StringComparison.Ordinal) && double.TryParse(value[..^2], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is > 0 and <= 1000 ? number : null;

    private static void Fit(XElement text, Action<string> cut)
    {
        string shown = string.Join(' ', text.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        shown = string.Concat(shown.Select(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter) ? letter : '?'));
        if (text.Attribute(WidthKey) is { } limit && double.TryParse(limit.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double width))
        {
            limit.Remove();
            bool isBold = Inherited(text, "font-weight") == "bold";
            double size = double.TryParse(Inherited(text, SizeKey), NumberStyles.Float, CultureInfo.InvariantCulture, out double given) ? given : 4;
            double wanted = Helvetica.Width(shown, size, isBold);
            if (wanted > width)
            {
                double smaller = Math.Max(size * width / wanted, size * Smallest);
                text.SetAttributeValue(SizeKey, Math.Round(smaller, 2).ToString(CultureInfo.InvariantCulture));
                string whole = shown;
                StringInfo letters = new(whole);
                for (int length = letters.LengthInTextElements; length > 1 && Helvetica.Width(shown, smaller, isBold) > width; length--)
                {
                    shown = letters.SubstringByTextElements(0, length - 1) + "…";
                }

                if (shown != whole)
                {
                    cut(whole);
                }
            }
        }

        text.Value = shown;
    }

    private static string? Inherited(XElement element, string key) => element.AncestorsAndSelf().Select(one => one.Attribute(key)?.Value).FirstOrDefault(value => value is not null);

    [GeneratedRegex(@"\{([a-z0-9-]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
