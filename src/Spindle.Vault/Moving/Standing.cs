// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Vault.Moving;

/// <summary>Where an object is in its life (docs/formats/vault.md).</summary>
[JsonConverter(typeof(JsonForm.Words<Standing>))]
public enum Standing
{
    /// <summary>In the landing, and on no disc.</summary>
    Landed,

    /// <summary>In the landing, and planned onto a disc that was not made yet.</summary>
    Packed,

    /// <summary>In the landing, and on discs.</summary>
    Written,

    /// <summary>On discs only.</summary>
    Cold,

    /// <summary>On discs only, and asked for.</summary>
    Queued,

    /// <summary>Fetched from a disc, and here for a while.</summary>
    Warm,

    /// <summary>On discs only, and could not be had of them.</summary>
    Lost,

    /// <summary>Deleted or overwritten, and still on discs.</summary>
    Tombstone,
}
