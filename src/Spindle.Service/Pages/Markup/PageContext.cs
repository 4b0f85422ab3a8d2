// SPDX-License-Identifier: MIT
namespace Spindle.Service.Pages.Markup;

/// <summary>What every page needs to know.</summary>
/// <param name="Root">Where links begin: a path that ends with a slash.</param>
/// <param name="Version">The program's.</param>
/// <param name="Station">The name of the station.</param>
/// <param name="Now">The moment as of which it is drawn.</param>
/// <param name="IsDemonstration">Whether drives and discs are made up, which each page says then.</param>
internal sealed record PageContext(string Root, string Version, string Station, DateTimeOffset Now, bool IsDemonstration = false);

/// <summary>A page.</summary>
/// <param name="Title">What it is: its heading, and the name of its tab.</param>
/// <param name="Body">What stands below its heading.</param>
internal sealed record Page(string Title, Html Body)
{
    /// <summary>The entry of the menu that it belongs to: a path below the root.</summary>
    public string? Here { get; init; }

    /// <summary>The command line that shows the same, or does it.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The HTTP status that it is answered with.</summary>
    public int Status { get; init; } = 200;
}
