// SPDX-License-Identifier: MIT
using Spindle.Burning.Sequences;
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>Decides whether the disc in a drive is burned, before anything on it can be lost.</summary>
/// <param name="request">What is wanted.</param>
/// <param name="sectors">Sectors of the image.</param>
internal sealed class DiscChoice(BurnRequest request, long sectors)
{
    /// <summary>Sectors from the begin in which every file system says that it is there: ISO 9660 at 16, UDF at 256.</summary>
    private const int Telling = 320;

    private const int AtOnce = 32;
    private const int ModeHeaderLength = 8;
    private const byte AllPages = 0x3F;

    /// <summary>Decides.</summary>
    /// <returns>How it is burned.</returns>
    /// <exception cref="OperationFailedException">It is not, and why.</exception>
    public BurningMethod Choose(BurningDrive drive, DiscSurvey survey, Writability? disc)
    {
        string kind = survey.Profile.Title();
        if (disc is not { IsByThisDrive: true } || MethodOf(disc) is not { } method)
        {
            throw disc is { State: WritingState.Finished } ? Failures.Used(drive.Name, kind, canBeReused: false) : Failures.NotWritable(drive.Name, kind);
        }

        RefuseUsed(drive, disc, kind);
        if (IsProtected(drive))
        {
            throw Failures.Protected(drive.Name);
        }

        if (request.Simulate && !method.CanBeSimulated)
        {
            throw Failures.CannotSimulate(drive.Name, kind);
        }

        // What is on a disc that is made blank first takes no room then; how much there is shows afterwards.
        if (method.SectorsOnDisc(sectors) > disc.FreeSectors && !MustBeBlanked(disc))
        {
            throw Failures.TooSmall(drive.Name, kind, method.SectorsOnDisc(sectors), disc.FreeSectors);
        }

        _ = new SpareFormat(request, method.SectorsOnDisc(sectors)).Choose(drive, survey); // refuses what can't be had
        return method;
    }

    /// <summary>Whether it is to be made blank before it is burned.</summary>
    public static bool MustBeBlanked(Writability disc) => disc.Profile == Profile.DvdMinusRwRestrictedOverwrite
        || (disc is { CanBeReused: true, State: WritingState.Appendable or WritingState.Interrupted or WritingState.Finished } && !disc.Profile.IsFormatted());

    /// <summary>A DVD-RW that is written anywhere becomes one that is written from front to back.</summary>
    private static BurningMethod? MethodOf(Writability disc) =>
        BurningMethods.Of(disc.Profile == Profile.DvdMinusRwRestrictedOverwrite ? Profile.DvdMinusRwSequential : disc.Profile);

    private void RefuseUsed(BurningDrive drive, Writability disc, string kind)
    {
        if (disc.State == WritingState.PseudoOverwrite)
        {
            throw Failures.PseudoOverwrite(drive.Name);
        }

        if (disc.State == WritingState.Blank || (request.Blank && disc.CanBeReused))
        {
            return;
        }

        if (disc.State == WritingState.Overwritable && disc.Profile != Profile.DvdMinusRwRestrictedOverwrite)
        {
            if (HoldsSomething(drive))
            {
                throw Failures.Used(drive.Name, kind, canBeReused: true);
            }

            return;
        }

        throw disc.State switch
        {
            WritingState.Unknown => Failures.NotWritable(drive.Name, kind),
            _ when disc.CanBeReused => Failures.Used(drive.Name, kind, canBeReused: true),
            WritingState.Interrupted => Failures.Interrupted(drive.Name, kind),
            WritingState.Appendable => Failures.Appendable(drive.Name, kind),
            _ => Failures.Used(drive.Name, kind, canBeReused: false),
        };
    }

    /// <summary>Whether anything but zeros is where file systems begin. What can't be read there was never written.</summary>
    private static bool HoldsSomething(BurningDrive drive)
    {
        byte[] buffer = new byte[AtOnce * DiscComparer.SectorSize];
        for (uint sector = 0; sector < Telling; sector += AtOnce)
        {
            if (drive.Tell(MmcCommand.Read10(sector, AtOnce), answer: buffer) is { IsGood: true } && buffer.AsSpan().ContainsAnyExcept((byte)0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the head of the mode pages says (MMC-6, MODE SENSE (10), device-specific parameter, WP).</summary>
    private static bool IsProtected(BurningDrive drive)
    {
        byte[] header = new byte[ModeHeaderLength];
        ScsiReply reply = drive.Tell(MmcCommand.ModeSense(AllPages, ModeHeaderLength), answer: header);
        return reply.IsGood && (header[3] & 0x80) != 0;
    }
}
