// SPDX-License-Identifier: MIT
namespace Spindle.Service.Pages.Markup;

/// <summary>Fields of forms, each with its label, and what is to be known of it.</summary>
/// <remarks>Where a page has two forms, one of them has ids of its own, which begin with <c>ids</c>.</remarks>
internal static class Fields
{
    /// <summary>A line of text.</summary>
    public static Html Text(string name, string label, string? value = null, string? help = null, bool required = false, string type = "text", string ids = "") => Html.Of($"""
        <div><label for="{ids}{name}">{label}</label>
        <input id="{ids}{name}" name="{name}" type="{type}" value="{value}" autocomplete="off"{Required(required)}{Described(ids + name, help)}>
        {Help(ids + name, help)}</div>
        """);

    /// <summary>Lines of text.</summary>
    public static Html Lines(string name, string label, string? value = null, string? help = null, bool required = false, string ids = "") => Html.Of($"""
        <div><label for="{ids}{name}">{label}</label>
        <textarea id="{ids}{name}" name="{name}" rows="3"{Required(required)}{Described(ids + name, help)}>{value}</textarea>
        {Help(ids + name, help)}</div>
        """);

    /// <summary>One of some words.</summary>
    public static Html Choice(string name, string label, IEnumerable<(string Value, string Word)> choices, string? value = null, string? help = null, string ids = "") => Html.Of($"""
        <div><label for="{ids}{name}">{label}</label>
        <select id="{ids}{name}" name="{name}"{Described(ids + name, help)}>{Html.All(choices, choice => Html.Of($"<option value=\"{choice.Value}\"{(choice.Value == value ? Html.Of($" selected") : Html.Empty)}>{choice.Word}</option>"))}</select>
        {Help(ids + name, help)}</div>
        """);

    /// <summary>Yes or no.</summary>
    public static Html Check(string name, string label, bool value = false) =>
        Html.Of($"<label class=\"check\"><input type=\"checkbox\" name=\"{name}\" value=\"yes\"{(value ? Html.Of($" checked") : Html.Empty)}> <span>{label}</span></label>");

    /// <summary>Something that goes along.</summary>
    public static Html Hidden(string name, string? value) => Html.Of($"<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");

    /// <summary>A button that is a form by itself.</summary>
    public static Html Button(string action, string word, string kind = "", params IEnumerable<(string Name, string? Value)> values) => Html.Of($"""
        <form class="line" method="post" action="{action}">{Html.All(values, one => Hidden(one.Name, one.Value))}<button class="{kind}">{word}</button></form>
        """);

    private static Html Required(bool required) => required ? Html.Of($" required") : Html.Empty;

    private static Html Described(string name, string? help) => help is null ? Html.Empty : Html.Of($" aria-describedby=\"{name}-help\"");

    private static Html Help(string name, string? help) => help is null ? Html.Empty : Html.Of($"<p class=\"field-help\" id=\"{name}-help\">{help}</p>");
}
