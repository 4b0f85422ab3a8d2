// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.Archiving.Catalogue;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>What a disc tells about itself.</summary>
internal sealed record DiscFacts
{
    public required Guid Archive { get; init; }

    public required Guid Uuid { get; init; }

    /// <summary>From 0, through all plans of the archive.</summary>
    public required int Number { get; init; }

    public required string Label { get; init; }

    public required int Files { get; init; }

    /// <summary>Bytes of contents.</summary>
    public required long Bytes { get; init; }

    public required Guid PlanUuid { get; init; }

    public required DateTimeOffset Planned { get; init; }

    /// <summary>The newest scan that the plan knows of.</summary>
    public required long Scan { get; init; }

    public required int FirstDiscOfPlan { get; init; }

    public required int LastDiscOfPlan { get; init; }

    public required long CapacitySectors { get; init; }

    public required long PlanId { get; init; }

    public required PlanDetail Detail { get; init; }

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
            throw new OperationFailedException(new(
                "disc-of-another-program", $"disc {disc} was planned by another program, or its plan is not whole: it can't be made here",
                "'spindle restore' gives its files, as long as there is a copy of it"), e);
        }
    }

    private static DiscFacts? Read(CatalogueDatabase database, int disc)
    {
        using Statement row = database.Prepare("""
            SELECT disc.uuid, label, files, bytes, plan.uuid, created, scan, capacity, detail, plan.id,
                (SELECT min(number) FROM disc AS sibling WHERE sibling.plan = plan.id), (SELECT max(number) FROM disc AS sibling WHERE sibling.plan = plan.id)
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
        };
    }
}
