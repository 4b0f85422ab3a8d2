// SPDX-License-Identifier: MIT
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Pages.Archive;

/// <summary>Which catalogue a page tells of.</summary>
internal static class Catalogues
{
    /// <summary>The field that asks for it, with those that are known as suggestions.</summary>
    public static Html Field(string? catalogue, IReadOnlyList<string> known) => Html.Of($"""
        <label for="catalogue">Catalogue</label>
        <input id="catalogue" name="catalogue" type="text" value="{catalogue ?? (known.Count > 0 ? known[0] : "")}" list="catalogues" autocomplete="off" required>
        <datalist id="catalogues">{Html.All(known, path => Html.Of($"<option value=\"{path}\"></option>"))}</datalist>
        """);
}
