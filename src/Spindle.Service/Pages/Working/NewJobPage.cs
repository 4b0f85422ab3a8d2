// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Pages.Working;

/// <summary>Asks for work: first which, then its form.</summary>
internal static class NewJobPage
{
    /// <summary>Which work there is.</summary>
    public static Page Choices(PageContext context) => new("New job", Html.Of($"""
        <ul>{Html.All(OrderForms.All, form => Html.Of($"<li><p><a href=\"{context.Root}jobs/new?verb={form.Verb}\">{form.Title}</a><br><span class=\"soft\">{form.Meaning}</span></p></li>"))}</ul>
        """)) { Here = "jobs" };

    /// <summary>The form of one.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="form">It.</param>
    /// <param name="values">What is filled in.</param>
    /// <param name="refused">Why it was not taken; null where it was not sent yet.</param>
    public static Page Of(PageContext context, OrderForm form, IReadOnlyDictionary<string, string> values, Failure? refused = null) => new(form.Title, Html.Of($"""
        <p>{form.Meaning}</p>
        {Refusal(refused)}
        {form.Draw($"{context.Root}jobs", values, "Start", Html.Of($"{Batch(values)}"))}
        """)) { Here = "jobs", Status = refused is null ? 200 : 422 };

    /// <summary>Why something was not taken.</summary>
    public static Html Refusal(Failure? refused) => Html.If(refused, failure => Html.Of($"""
        <div class="failure" role="alert"><p class="name"><strong>{Html.Name(failure.What)}</strong></p>{Html.If(failure.Hint, hint => Html.Of($"<p class=\"name\">{Html.Name(hint)}</p>"))}</div>
        """));

    private static Html Batch(IReadOnlyDictionary<string, string> values) => Fields.Text("batch", "Batch", values.GetValueOrDefault("batch"), "Jobs that belong together have a page and a table of their own.");
}
