// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;

namespace Spindle.Catalogue.Exchange;

/// <summary>What a catalogue can be written as.</summary>
public enum ExportFormat
{
    /// <summary>All that is known, and can be imported again: <see cref="CatalogueJson"/>.</summary>
    Json,

    /// <summary>odarchive's <c>catalogue.json</c>, version 2: files by their SHA-512.</summary>
    Odarchive,

    /// <summary>A line a name, columns parted by tabs.</summary>
    Tsv,

    /// <summary>What <c>sha256sum -c</c> reads.</summary>
    Sha256Sums,

    /// <summary>What became of discs: a line for each time that one was burned, read or checked; without names of files.</summary>
    [JsonStringEnumMemberName("media-study")]
    MediaStudy,
}
