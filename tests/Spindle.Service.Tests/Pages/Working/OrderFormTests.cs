// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Media;
using Spindle.Service.Orders;
using Spindle.Service.Pages.Working;

namespace Spindle.Service.Tests.Pages.Working;

public sealed class OrderFormTests
{
    public static TheoryData<string> Verbs() => [.. OrderForms.All.Select(form => form.Verb)];

    /// <summary>What a form asks for is a request of its verb, filled in as sparsely as it may be, or in every field; and its values are found in the request again.</summary>
    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_form_makes_a_request_of_its_verb(string verb)
    {
        OrderForm form = OrderForms.Of(verb)!;
        foreach (bool isFull in new[] { false, true })
        {
            Dictionary<string, string> values = form.Fields.Where(field => isFull || field.IsRequired).ToDictionary(field => field.Key, ValueOf);

            JsonElement request = form.Read(values);

            Assert.Equal(verb, Ordering.Of(Station.Verbs.All.Single(known => known.Name == verb), request, _ => null, OrderDetails.None).Verb);
            IReadOnlyDictionary<string, string> again = form.ValuesOf(request);
            Assert.All(values, value => Assert.Equal(value.Value, again[value.Key]));
        }
    }

    [Fact]
    public void A_field_that_must_be_filled_in_is_asked_for() =>
        Assert.Contains("Folder for images", Assert.Throws<OperationFailedException>(() => OrderForms.Image.Read(new Dictionary<string, string> { ["source"] = "/dev/sr0" })).Failure.What, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_number_is_refused() =>
        Assert.Contains("many", Assert.Throws<OperationFailedException>(() => OrderForms.Image.Read(new Dictionary<string, string> { ["source"] = "/a", ["directory"] = "/b", ["retries"] = "many" })).Failure.What, StringComparison.Ordinal);

    [Fact]
    public void A_box_that_is_not_checked_says_no() =>
        Assert.Equal(JsonValueKind.False, OrderForms.Image.Read(new Dictionary<string, string> { ["source"] = "/a", ["directory"] = "/b" }).GetProperty("eject").ValueKind);

    private static string ValueOf(OrderField field) => field.Kind switch
    {
        FieldKind.Check => "yes",
        FieldKind.Number => "3",
        FieldKind.Choice => field.Choices[^1].Value,
        _ when field.Usual is { } usual => usual,
        FieldKind.Lines => "/srv/one\n/srv/two",
        _ when field.Key == "name" => "box12-07",
        _ => "/srv/one",
    };
}
