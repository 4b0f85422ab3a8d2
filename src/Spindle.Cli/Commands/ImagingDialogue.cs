// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using Spindle.Cli.Terminals;
using Spindle.Imaging.Contents;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Imaging;

namespace Spindle.Cli.Commands;

/// <summary>Asks the operator for the disc, the name, the directory and the operator.</summary>
internal sealed class ImagingDialogue(Questions questions)
{
    public ImageRequest Ask(ImageCommand command, ParseResult arguments)
    {
        TextWriter screen = questions.Terminal.Error;
        IReadOnlyList<DriveReport> drives = LookAtDrives(screen);
        screen.WriteLine(drives.Count > 0 ? "Optical drives:" : "No optical drive was found.");
        for (int i = 0; i < drives.Count; i++)
        {
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {i + 1}  {Describe(drives[i])}"));
        }

        (string source, string volume) = ("", "");
        questions.Ask("Drive, device or image file", drives.FirstOrDefault(drive => drive.IsReady)?.Path, answer =>
        {
            bool isNumber = int.TryParse(answer, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= drives.Count;
            source = isNumber ? drives[number - 1].Path : Paths.ExpandHome(answer);
            volume = ShowDisc(source, screen);
        });
        return command.ToRequest(
            arguments,
            source,
            () => questions.Ask("File name, without .iso", volume, name => ImageName.Of(name)),
            () => questions.Ask("Directory", "."),
            () => questions.Ask("Operator", Environment.UserName));
    }

    /// <summary>Where the system does not say which drives it has, that is told, and an image file can be named all the same.</summary>
    private static IReadOnlyList<DriveReport> LookAtDrives(TextWriter screen)
    {
        try
        {
            return DriveLooks.OfThisMachine.All(DriveLooks.Patience);
        }
        catch (OperationFailedException e)
        {
            screen.WriteLine($"{EntryText.Printable(e.Failure.What)}  [{e.Failure.Code}]");
            return [];
        }
    }

    private static string Describe(DriveReport drive)
    {
        string name = $"{drive.Vendor} {drive.Model}".Trim();
        string disc = drive.Disc.Kind == DiscKind.Unknown ? drive.Status.Title() : $"{drive.Disc.Medium}, {drive.Disc.Kind.Title()}";
        return EntryText.Printable($"{drive.Path}  {(name.Length > 0 ? name : "unknown drive")}  {disc}{(drive.VolumeIdentifier is { } volume ? $", {volume}" : "")}");
    }

    /// <returns>The name that the image gets where the operator gives none.</returns>
    private static string ShowDisc(string path, TextWriter screen)
    {
        using DiscSource source = DiscSource.Open(path);
        SourceDescription disc = source.Description;
        screen.WriteLine($"Volume Name: {EntryText.Printable(disc.Structure.VolumeIdentifier ?? "none")}");
        screen.WriteLine($"Size:        {Figures.Size(disc.Length)}");
        return disc.DefaultName;
    }
}
