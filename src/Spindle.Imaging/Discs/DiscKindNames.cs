// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Discs;

/// <summary>Names of kinds of discs.</summary>
public static class DiscKindNames
{
    /// <summary>For people.</summary>
    public static string Title(this DiscKind kind) => kind switch
    {
        DiscKind.Blank => "blank",
        DiscKind.Data => "data",
        DiscKind.MultiSession => "data, several sessions",
        DiscKind.Audio => "audio",
        DiscKind.MixedMode => "mixed mode (data and audio)",
        DiscKind.CdExtra => "CD-Extra (audio, then data)",
        _ => "unknown",
    };

    /// <summary>For programs: a word that stays.</summary>
    public static string Name(this DiscKind kind) => kind switch
    {
        DiscKind.Blank => "blank",
        DiscKind.Data => "data",
        DiscKind.MultiSession => "multi_session",
        DiscKind.Audio => "audio",
        DiscKind.MixedMode => "mixed_mode",
        DiscKind.CdExtra => "cd_extra",
        _ => "unknown",
    };
}
