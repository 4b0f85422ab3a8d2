// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Health;
using Spindle.Catalogue;
using Spindle.Catalogue.Health;
using Spindle.Cli.Reports;
using Spindle.Cli.Terminals;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Parity.Protecting;

namespace Spindle.Cli.Commands;

/// <summary>How <c>check</c> remembers its result in the catalogue, where that knows the disc.</summary>
internal sealed class CheckMemory
{
    private readonly CatalogueOption _catalogue = new();

    private readonly Option<string?> _copy = new("--copy") { Description = "Which copy of the disc it is, to be remembered with the result", HelpName = "NAME" };

    private readonly Option<int?> _disc = new("--disc") { Description = "Which disc of the catalogue it is, where the disc is too damaged to tell", HelpName = "N" };

    public void AddTo(Command command)
    {
        _catalogue.AddTo(command);
        command.Add(_copy);
        command.Add(_disc);
    }

    /// <summary>Fails before a long check where a catalogue was named that is not there.</summary>
    /// <returns>The catalogue; null where there is none to remember anything in.</returns>
    /// <exception cref="OperationFailedException"><c>no-catalogue</c>, or what is wrong with it.</exception>
    public string? FindCatalogue(ParseResult arguments)
    {
        string path = Paths.ExpandHome(_catalogue.Path(arguments));
        bool isAskedFor = _catalogue.IsNamed(arguments) || arguments.GetValue(_copy) is not null || arguments.GetValue(_disc) is not null;
        if (!isAskedFor && !File.Exists(path))
        {
            return null;
        }

        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(path);
        if (arguments.GetValue(_disc) is { } number)
        {
            new DiscStore(database).Get(number);
        }

        return path;
    }

    /// <summary>Enters a result. That it can't be entered takes nothing away from the result, and is told beside it.</summary>
    public RememberedCheck Remember(string? catalogue, DiscSource source, CheckResult result, ParseResult arguments, DateTimeOffset now)
    {
        if (catalogue is null)
        {
            return RememberedCheck.Nowhere;
        }

        try
        {
            string? copy = arguments.GetValue(_copy);
            Guid? uuid = arguments.GetValue(_disc) is null ? DiscUuid.Read(source.Reader, source.VolumeOptions) : null;
            using CatalogueDatabase database = CatalogueDatabase.OpenForReading(catalogue);
            int? disc = arguments.GetValue(_disc) ?? (uuid is { } known ? new CheckHistory(database).Find(known) : null);
            if (disc is null)
            {
                return copy is null ? RememberedCheck.Nowhere : throw NotKnown(source.Reader.Name, catalogue, uuid);
            }

            using CatalogueDatabase writable = CatalogueDatabase.OpenForWriting(catalogue);
            new CheckHistory(writable).Add(disc.Value, copy, DriveOf(source), result, now);
            return new(catalogue, disc, copy, null);
        }
        catch (OperationFailedException e)
        {
            return RememberedCheck.Nowhere with { Concern = e.Failure };
        }
    }

    private static string DriveOf(DiscSource source) => source.IsDevice ? source.Reader.Name : Path.GetFullPath(source.Reader.Name);

    private static OperationFailedException NotKnown(string name, string catalogue, Guid? uuid)
    {
        string what = uuid is null ? $"{name} does not tell which disc it is" : $"{catalogue} does not know this disc ({uuid})";
        return new OperationFailedException(new("disc-not-known", what, "'spindle discs' lists what the catalogue knows; --disc N says which one it is"));
    }
}
