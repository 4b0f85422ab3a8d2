// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.AccessCopies;

/// <summary>What is where a copy is to be.</summary>
/// <param name="IsDone">Whether it is the copy that is to be made.</param>
/// <param name="InTheWay">What is there in its place; null for nothing.</param>
/// <param name="Record">The record of it, where that is understood.</param>
internal sealed record ExistingCopy(bool IsDone, string? InTheWay, AccessRecord? Record)
{
    /// <summary>Looks at what is there.</summary>
    /// <param name="planned">The copy that is to be made.</param>
    /// <param name="settings">How.</param>
    public static ExistingCopy Look(PlannedCopy planned, AccessSettings settings)
    {
        AccessRecord? record = AccessRecord.TryRead(planned.Paths.Record);
        string name = Path.GetFileName(planned.Paths.Copy);
        if (record is not null && record.Image.Name != Path.GetFileName(planned.Image.Path))
        {
            return new(false, $"{Path.GetFileName(planned.Paths.Record)} is the record of a copy of {record.Image.Name}", record);
        }

        if (!File.Exists(planned.Paths.Copy))
        {
            return new(false, null, record);
        }

        if (record is not { State: AccessState.Made, Copy: { } copy } || copy.Name != name)
        {
            return new(false, $"there is a file {name}, and no record says that it is a copy of this image", record);
        }

        if (copy.Size != new FileInfo(planned.Paths.Copy).Length)
        {
            return new(false, $"{name} has another size than its record says", record);
        }

        // What vouches for the image is asked first: a copy of a collection has other times.
        bool isSame = record.Image.Size == planned.Image.Size
            && (planned.Image.Claim is { } claim && record.Image.Sha256 is { } hash ? claim.Sha256 == hash : Math.Abs((record.Image.Modified - planned.Image.Modified).TotalSeconds) < 1);
        return !isSame ? new(false, $"{name} is a copy of this image as it was before it changed", record)
            : record.Settings != RecordedSettings.Of(settings) ? new(false, $"{name} was made of this image with other settings", record)
            : new(true, null, record);
    }
}
