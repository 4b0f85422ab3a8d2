// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>With what spare area a Blu-ray Disc is formatted before it is burned.</summary>
/// <param name="request">What is wanted.</param>
/// <param name="sectors">Sectors that are written.</param>
internal sealed class SpareFormat(BurnRequest request, long sectors)
{
    /// <summary>Decides, without changing anything.</summary>
    /// <returns>Null where it is not formatted.</returns>
    /// <exception cref="OperationFailedException">What is wanted can't be had of this disc.</exception>
    public FormatOrder? Choose(BurningDrive drive, DiscSurvey disc)
    {
        string kind = disc.Profile.Title();
        return disc.Profile switch
        {
            Profile.BdRe => disc.FormatCapacities is { IsUnformatted: true } capacities ? OfBdRe(drive, kind, capacities) : null,
            Profile.BdRSequential => request.Spare == SpareChoice.Default ? OfBdR(drive, kind) : null,
            _ when request.Spare != SpareChoice.AsUsual && disc.Profile != Profile.DvdRam => throw Failures.NoSpare(drive.Name, kind),
            _ => null,
        };
    }

    /// <summary>Whether a spare area was asked for, or none, and the disc has the one that it was formatted with.</summary>
    public bool Stays(DiscSurvey disc) =>
        request.Spare != SpareChoice.AsUsual && (disc.Profile == Profile.DvdRam || (disc.Profile == Profile.BdRe && disc.FormatCapacities is not { IsUnformatted: true }));

    /// <summary>Unless one says otherwise, with a spare area where the image leaves it room: a disc that is written again and again wears out in places.</summary>
    private FormatOrder OfBdRe(BurningDrive drive, string kind, FormatCapacities capacities)
    {
        int[] types = request.Spare switch
        {
            SpareChoice.None => [FormatOrder.BdReWithoutSpare],
            SpareChoice.Default => [FormatOrder.Usual],
            _ => [FormatOrder.Usual, FormatOrder.BdReWithoutSpare],
        };
        return new(Fitting(drive, kind, capacities, types));
    }

    private FormatOrder OfBdR(BurningDrive drive, string kind)
    {
        byte[] answer = new byte[FormatCapacities.Length];
        ScsiReply reply = drive.Tell(MmcCommand.ReadFormatCapacities((ushort)answer.Length), answer: answer);
        FormatCapacities? capacities = reply.IsGood ? FormatCapacities.Parse(answer.AsSpan(0, reply.Length)) : null;
        return new(Fitting(drive, kind, capacities, [FormatOrder.Usual])) { SubType = FormatOrder.BdRWithoutPseudoOverwrite };
    }

    private FormatCapacity Fitting(BurningDrive drive, string kind, FormatCapacities? capacities, int[] types)
    {
        FormatCapacity[] offered = [.. (capacities?.Formattable ?? []).Where(format => types.Contains(format.Type))];
        FormatCapacity[] fitting = [.. offered.Where(format => format.Sectors >= sectors)];
        return fitting.Length > 0 ? fitting.MinBy(format => Array.IndexOf(types, format.Type))
            : offered.Length > 0 ? throw Failures.TooSmall(drive.Name, kind, sectors, offered.Max(format => format.Sectors))
            : throw Failures.NoSpare(drive.Name, kind);
    }
}
