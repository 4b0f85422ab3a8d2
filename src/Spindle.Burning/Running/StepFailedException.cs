// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>A step has failed: the disc is no copy.</summary>
/// <param name="failure">What the user is told.</param>
/// <param name="sector">The sector that it is about; null where it is about none, or nobody knows.</param>
internal sealed class StepFailedException(Failure failure, long? sector = null) : OperationFailedException(failure)
{
    /// <summary>The sector that it is about; null where it is about none, or nobody knows.</summary>
    public long? Sector => sector;
}
