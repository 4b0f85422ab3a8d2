// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Auditing;

/// <summary>What an audit says of an image.</summary>
public enum AuditState
{
    /// <summary>All of it was read, and it is what its records say.</summary>
    Pass,

    /// <summary>It is not what its records say.</summary>
    Changed,

    /// <summary>A record names it, and it is not there.</summary>
    Missing,

    /// <summary>Its record can't be taken for good: a blank hash, no status, a name that leads elsewhere.</summary>
    Unverifiable,

    /// <summary>The record does not mean to vouch for an image: of a failed run, a dry run, or of another kind.</summary>
    Skipped,

    /// <summary>Not all of it could be read.</summary>
    Unreadable,

    /// <summary>Nothing vouches for it.</summary>
    NoRecord,

    /// <summary>Nothing vouched for it until now: this audit made a record, as it was asked to.</summary>
    Adopted,
}

/// <summary>What follows from the states of images.</summary>
public static class AuditStates
{
    /// <summary>Whether a person has to look: nobody can say of the image that it is whole.</summary>
    public static bool NeedsPerson(this AuditState state) => state is not (AuditState.Pass or AuditState.Skipped or AuditState.Adopted);
}
