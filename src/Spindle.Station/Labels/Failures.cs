// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Station.Labels;

/// <summary>Why no label can be drawn: each code and sentence is here, and nowhere else.</summary>
internal static class Failures
{
    public static OperationFailedException NoTemplate(string path) => new(new("no-such-source", $"there is no template {path}", "'spindle label --save-template FILE' writes one to begin with"));

    public static OperationFailedException NotATemplate(string path, string why) => new(new(
        "not-a-template", $"{path} is no template of a label: {why}", "'spindle label --save-template FILE' writes one to begin with"));

    public static OperationFailedException NoField(string path, string field) => new(new(
        "not-a-template", $"{path} has a field {{{field}}}, which there is not", $"there are {string.Join(", ", LabelFields.Names.Select(name => $"{{{name}}}"))}"));

    public static OperationFailedException NotDrawn(string what) => new(new("not-a-template", $"the template has {what}, which a PDF of Spindle can't show", "write an SVG, or leave it out"));

    public static OperationFailedException NoCopy(int disc, string copy) => new(new("no-such-copy", $"disc {disc} has no copy {copy}", "'spindle discs' lists the copies; 'spindle discs NUMBER --copy NAME' enters one"));

    public static OperationFailedException NoForm(string form) => new(new("usage", $"there is no template for {form}", $"one of {string.Join(", ", LabelTemplate.Forms)}; or your own with --template"));

    public static OperationFailedException NoKind(string path) => new(new("usage", $"{path} ends in neither .svg nor .pdf", "name a file that does"));

    public static OperationFailedException NothingAsked() => new(new("usage", "nothing says where the labels belong", "--to FILE.svg, or --to FILE.pdf"));

    public static OperationFailedException Exists(string path) => new(new("already-exists", $"there is a file {path}", "another name, or --overwrite"));

    public static OperationFailedException NoDisc(string catalogue) => new(new("no-such-disc", $"{catalogue} knows no disc", "'spindle plan' plans some"));

    public static OperationFailedException TooLarge(double width, double height, string paper) => new(new(
        "usage", FormattableString.Invariant($"a label of {width:0.#} by {height:0.#} mm does not fit on {paper}"), "another --paper, or a smaller template"));
}
