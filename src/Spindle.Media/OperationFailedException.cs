// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>The operation can't go on, for a reason outside the program: no disc, no room, the wrong file.</summary>
/// <remarks>What is wrong <em>on</em> a medium is never thrown: it is a state in a <see cref="SectorMap"/> or a finding.</remarks>
public class OperationFailedException : Exception
{
    /// <summary>Stops an operation.</summary>
    /// <param name="failure">What the user is told.</param>
    /// <param name="cause">The system's own words for it, where there are any.</param>
    public OperationFailedException(Failure failure, Exception? cause = null)
        : base(failure.What, cause) => Failure = failure;

    /// <summary>What the user is told.</summary>
    public Failure Failure { get; }
}
