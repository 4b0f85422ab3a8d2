// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Spindle.Station.Labels;

/// <summary>A page of a PDF (ISO 32000-1 §8, §9.4), drawn from drawings: what labels need of SVG, and nothing else.</summary>
/// <param name="width">Millimetres.</param>
/// <param name="height">Millimetres.</param>
internal sealed class PdfPage(double width, double height)
{
    private const double PointsOfMillimetre = 72 / 25.4;
    private const double Kappa = 0.5522847498; // of a quarter of a circle as a Bézier curve

    private readonly StringBuilder _content = new();

    /// <summary>Points.</summary>
    public double Width => width * PointsOfMillimetre;

    /// <summary>Points.</summary>
    public double Height => height * PointsOfMillimetre;

    /// <summary>What is drawn, as operators in ASCII.</summary>
    public string Content => _content.ToString();

    /// <summary>Letters that its font has not; each stands there as a question mark.</summary>
    public int Unknown { get; private set; }

    /// <summary>Draws a drawing.</summary>
    /// <param name="drawing">Its root.</param>
    /// <param name="x">Where its left is, in millimetres from the left.</param>
    /// <param name="y">Where its top is, in millimetres from the top.</param>
    /// <exception cref="Media.OperationFailedException"><c>not-a-template</c>: it has something that is not drawn here.</exception>
    public void Draw(XElement drawing, double x, double y)
    {
        Matrix paper = new(PointsOfMillimetre, 0, 0, -PointsOfMillimetre, 0, Height);
        Matrix place = paper.Then(Matrix.Translate(x, y));
        double[]? box = drawing.Attribute("viewBox") is { } view ? Numbers(view) : null;
        double Size(string key) => double.Parse(drawing.Attribute(key)!.Value[..^2], CultureInfo.InvariantCulture); // it is in mm: the template said so
        Matrix inner = box is null ? place : place.Then(Matrix.Stretch(Size("width") / box[2], Size("height") / box[3])).Then(Matrix.Translate(-box[0], -box[1]));
        DrawInside(drawing, new(inner, Style.Usual.With(drawing)));
    }

    private void DrawInside(XElement parent, Context context)
    {
        foreach (XElement element in parent.Elements())
        {
            Draw(element, new(context.Place.Then(Matrix.Parse(element.Attribute("transform")?.Value)), context.Style.With(element)));
        }
    }

    private void Draw(XElement element, Context context)
    {
        double Number(string key, double usual = 0) => element.Attribute(key) is not { } attribute ? usual
            : double.TryParse(attribute.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Failures.NotDrawn($"{key}=\"{attribute.Value}\"");

        if (element.Name.Namespace != LabelTemplate.Svg)
        {
            return; // what programs that draw remember
        }

        switch (element.Name.LocalName)
        {
            case "g":
                DrawInside(element, context);
                break;
            case "svg":
                double[] box = element.Attribute("viewBox") is { } view ? Numbers(view) : [0, 0, Number("width"), Number("height")];
                Matrix place = context.Place.Then(Matrix.Translate(Number("x"), Number("y"))).Then(Matrix.Stretch(Number("width") / box[2], Number("height") / box[3])).Then(Matrix.Translate(-box[0], -box[1]));
                DrawInside(element, context with { Place = place });
                break;
            case "rect":
                (double x, double y, double w, double h) = (Number("x"), Number("y"), Number("width"), Number("height"));
                Paint(context, () => Polygon(context, [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]));
                break;
            case "line":
                Paint(context, () => Line(context, (Number("x1"), Number("y1")), (Number("x2"), Number("y2"))));
                break;
            case "circle":
                Paint(context, () => Circle(context, Number("cx"), Number("cy"), Number("r")));
                break;
            case "path":
                Paint(context, () => Path(context, element.Attribute("d")?.Value ?? ""));
                break;
            case "text":
                Text(context, element.Value, Number("x"), Number("y"));
                break;
            case "title" or "desc" or "metadata":
                break;
            default:
                throw Failures.NotDrawn($"<{element.Name.LocalName}>");
        }
    }

    private static double[] Numbers(XAttribute list)
    {
        double[] numbers = [.. list.Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return numbers is [_, _, > 0, > 0] && numbers.All(double.IsFinite) ? numbers : throw Failures.NotDrawn($"{list.Name}=\"{list.Value}\"");
    }

    private void Paint(Context context, Action outline)
    {
        Style style = context.Style;
        if (style is { Fill: null, Stroke: null })
        {
            return;
        }

        if (style.Fill is { } fill)
        {
            _content.Append(CultureInfo.InvariantCulture, $"{fill} rg\n");
        }

        if (style.Stroke is { } stroke)
        {
            _content.Append(CultureInfo.InvariantCulture, $"{stroke} RG {Shown(style.StrokeWidth * context.Place.Scale)} w\n");
        }

        outline();
        _content.Append(style.Fill is null ? "S\n" : style.Stroke is null ? "f\n" : "B\n");
    }

    private void Move(Context context, double x, double y, char how)
    {
        (double X, double Y) at = context.Place.At(x, y);
        _content.Append(CultureInfo.InvariantCulture, $"{Shown(at.X)} {Shown(at.Y)} {how}\n");
    }

    private void Polygon(Context context, (double X, double Y)[] corners)
    {
        for (int i = 0; i < corners.Length; i++)
        {
            Move(context, corners[i].X, corners[i].Y, i == 0 ? 'm' : 'l');
        }

        _content.Append("h\n");
    }

    private void Line(Context context, (double X, double Y) from, (double X, double Y) to)
    {
        Move(context, from.X, from.Y, 'm');
        Move(context, to.X, to.Y, 'l');
    }

    private void Circle(Context context, double x, double y, double r)
    {
        double k = r * Kappa;
        Move(context, x + r, y, 'm');
        foreach ((double sx, double sy) in new[] { (0.0, 1.0), (-1, 0), (0, -1), (1, 0) })
        {
            // From the last corner to the next one, a quarter further.
            (double px, double py) = (sy, -sx);
            foreach ((double dx, double dy) in new[] { ((px * r) + (sx * k), (py * r) + (sy * k)), ((sx * r) + (px * k), (sy * r) + (py * k)), (sx * r, sy * r) })
            {
                (double X, double Y) at = context.Place.At(x + dx, y + dy);
                _content.Append(CultureInfo.InvariantCulture, $"{Shown(at.X)} {Shown(at.Y)} ");
            }

            _content.Append("c\n");
        }

        _content.Append("h\n");
    }

    private void Path(Context context, string data)
    {
        PathReader path = new(data);
        (double X, double Y) at = (0, 0), begin = (0, 0);
        while (path.Next() is { } command)
        {
            bool isRelative = char.IsLower(command);
            (double ox, double oy) = isRelative ? at : (0, 0);
            switch (char.ToUpperInvariant(command))
            {
                case 'M':
                    begin = at = (ox + path.Number(), oy + path.Number());
                    Move(context, at.X, at.Y, 'm');
                    break;
                case 'L':
                    at = (ox + path.Number(), oy + path.Number());
                    Move(context, at.X, at.Y, 'l');
                    break;
                case 'H':
                    at = (ox + path.Number(), at.Y);
                    Move(context, at.X, at.Y, 'l');
                    break;
                case 'V':
                    at = (at.X, oy + path.Number());
                    Move(context, at.X, at.Y, 'l');
                    break;
                case 'Z':
                    at = begin;
                    _content.Append("h\n");
                    break;
                default:
                    throw Failures.NotDrawn($"a path with '{command}'");
            }
        }
    }

    private void Text(Context context, string text, double x, double y)
    {
        if (text.Length == 0 || context.Style.Fill is not { } fill)
        {
            return;
        }

        double size = context.Style.FontSize;
        double width = Helvetica.Width(text, size, context.Style.IsBold);
        double left = context.Style.Anchor switch { "middle" => x - (width / 2), "end" => x - width, _ => x };
        Matrix at = context.Place.Then(Matrix.Translate(left, y)).Then(Matrix.Stretch(size, -size));
        string shown = WinAnsi.Literal(text, out int unknown);
        Unknown += unknown;
        _content.Append(CultureInfo.InvariantCulture, $"BT {fill} rg /{(context.Style.IsBold ? "F2" : "F1")} 1 Tf {Shown(at.A)} {Shown(at.B)} {Shown(at.C)} {Shown(at.D)} {Shown(at.E)} {Shown(at.F)} Tm {shown} Tj ET\n");
    }

    private static string Shown(double number) => double.IsFinite(number) && Math.Abs(number) < 1e6 ? Math.Round(number, 4).ToString(CultureInfo.InvariantCulture) : throw Failures.NotDrawn("a number that is no place on paper");

    private readonly record struct Context(Matrix Place, Style Style);
}
