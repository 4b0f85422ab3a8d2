// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.Catalogue.Sets;
using Spindle.Media;

namespace Spindle.Catalogue.Documents;

/// <summary>What a disc tells about itself.</summary>
public sealed record DiscFacts
{
    /// <summary>The archive that it belongs to.</summary>
    public required Guid Archive { get; init; }

    /// <summary>The disc; all its copies have the same.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>From 0, through all plans of the archive.</summary>
    public required int Number { get; init; }

    /// <summary>Name of its volume.</summary>
    public required string Label { get; init; }

    /// <summary>How many names of files it holds.</summary>
    public required int Files { get; init; }

    /// <summary>Bytes of contents.</summary>
    public required long Bytes { get; init; }

    /// <summary>The plan that it belongs to.</summary>
    public required Guid PlanUuid { get; init; }

    /// <summary>When that was made.</summary>
    public required DateTimeOffset Planned { get; init; }

    /// <summary>The newest scan that the plan knows of.</summary>
    public required long Scan { get; init; }

    /// <summary>The lowest number of the plan's discs.</summary>
    public required int FirstDiscOfPlan { get; init; }

    /// <summary>The highest one.</summary>
    public required int LastDiscOfPlan { get; init; }

    /// <summary>How many discs the plan has.</summary>
    public required long DiscsOfPlan { get; init; }

    /// <summary>Sectors that the disc has, of 2048 bytes.</summary>
    public required long CapacitySectors { get; init; }

    /// <summary>The plan's row in the catalogue.</summary>
    public required long PlanId { get; init; }

    /// <summary>How it is written.</summary>
    public required PlanDetail Detail { get; init; }

    /// <summary>The set that it belongs to; null where it belongs to none.</summary>
    public PlannedSet? Set => PlannedSet.Of((Detail.ParityDiscs, Detail.SetSize, Detail.FirstSet), PlanUuid, (FirstDiscOfPlan, LastDiscOfPlan, DiscsOfPlan)).FirstOrDefault(set => set.LastDisc >= Number);

    /// <summary>Reads what the catalogue says.</summary>
    /// <returns>Null where no disc has that number.</returns>
    /// <exception cref="OperationFailedException"><c>disc-of-another-program</c>: its plan lacks what it takes to make it.</exception>
    public static DiscFacts? Of(CatalogueDatabase database, int disc)
    {
        try
        {
            return Read(database, disc);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Failures.DiscOfAnotherProgram(disc, e);
        }
    }

    private static DiscFacts? Read(CatalogueDatabase database, int disc)
    {
        using Statement row = database.Prepare("""
            SELECT disc.uuid, label, files, bytes, plan.uuid, created, scan, capacity, detail, plan.id,
                (SELECT min(number) FROM disc AS sibling WHERE sibling.plan = plan.id), (SELECT max(number) FROM disc AS sibling WHERE sibling.plan = plan.id),
                (SELECT count(*) FROM disc AS sibling WHERE sibling.plan = plan.id)
            FROM disc JOIN plan ON plan.id = disc.plan WHERE number = ?1
            """);
        if (!row.Bind(1, disc).Step())
        {
            return null;
        }

        return new()
        {
            Archive = database.Uuid,
            Number = disc,
            Uuid = Guid.Parse(row.Text(0)!),
            Label = row.Text(1)!,
            Files = (int)row.Number(2),
            Bytes = row.Number(3),
            PlanUuid = Guid.Parse(row.Text(4)!),
            Planned = DateTimeOffset.Parse(row.Text(5)!, CultureInfo.InvariantCulture),
            Scan = row.Number(6),
            CapacitySectors = row.Number(7),
            Detail = PlanDetail.Parse(row.Text(8)!),
            PlanId = row.Number(9),
            FirstDiscOfPlan = (int)row.Number(10),
            LastDiscOfPlan = (int)row.Number(11),
            DiscsOfPlan = row.Number(12),
        };
    }
}
