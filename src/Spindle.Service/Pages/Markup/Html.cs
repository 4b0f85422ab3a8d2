// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Spindle.Service.Pages.Markup;

/// <summary>Markup that may go to a browser as it is. It is made of literals and holes: what is in a hole is text, whatever it looks like.</summary>
/// <param name="Markup">The markup.</param>
internal readonly record struct Html(string Markup)
{
    /// <summary>Nothing.</summary>
    public static Html Empty { get; } = new("");

    /// <summary>Markup with holes.</summary>
    public static Html Of(ref HtmlHandler markup) => new(markup.ToMarkup());

    /// <summary>One after the other.</summary>
    public static Html All<T>(IEnumerable<T> items, Func<T, Html> form)
    {
        StringBuilder all = new();
        foreach (T item in items)
        {
            all.Append(form(item).Markup);
        }

        return new(all.ToString());
    }

    /// <summary>Markup where something is so; else nothing.</summary>
    public static Html If(bool condition, Func<Html> form) => condition ? form() : Empty;

    /// <summary>Markup of something that is there; else nothing.</summary>
    public static Html If<T>(T? value, Func<T, Html> form)
        where T : class => value is null ? Empty : form(value);

    /// <summary>Text of a disc, or of a person: it has its own direction, so that marks within it turn nothing around it.</summary>
    public static Html Name(string? text) => text is null ? Empty : Of($"<bdi>{text}</bdi>");

    /// <summary>A moment: for people as UTC, until the page's module has made it their time.</summary>
    public static Html Moment(DateTimeOffset? moment) => moment is not { } at ? Empty
        : Of($"<time datetime=\"{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\">{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC</time>");

    /// <inheritdoc/>
    public override string ToString() => Markup;
}

/// <summary>Puts markup together: literals as they are, holes encoded.</summary>
[InterpolatedStringHandler]
internal ref struct HtmlHandler
{
    private readonly StringBuilder _markup;

    public HtmlHandler(int literals, int holes) => _markup = new(literals + (holes * 16));

    /// <summary>Markup that stands in the source.</summary>
    public readonly void AppendLiteral(string literal) => _markup.Append(literal);

    /// <summary>Markup that was made the same way.</summary>
    public readonly void AppendFormatted(Html markup) => _markup.Append(markup.Markup);

    /// <summary>Text of anywhere.</summary>
    public readonly void AppendFormatted(string? text)
    {
        foreach (char character in text ?? "")
        {
            _ = character switch
            {
                '&' => _markup.Append("&amp;"),
                '<' => _markup.Append("&lt;"),
                '>' => _markup.Append("&gt;"),
                '"' => _markup.Append("&quot;"),
                '\'' => _markup.Append("&#39;"),
                '\n' or '\t' => _markup.Append(character), // lines of a log
                _ when char.IsControl(character) => _markup.Append('?'),
                _ => _markup.Append(character),
            };
        }
    }

    /// <summary>A number.</summary>
    public readonly void AppendFormatted(long number) => _markup.Append(CultureInfo.InvariantCulture, $"{number}");

    public readonly string ToMarkup() => _markup.ToString();
}
