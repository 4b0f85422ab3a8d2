// SPDX-License-Identifier: MIT
namespace Spindle.Formats.MapFile;

/// <summary>What a rescue was doing when its map was saved; ddrescue's characters as values.</summary>
public enum RescueStatus
{
    /// <summary>Reading what was not tried yet.</summary>
    Copying = '?',

    /// <summary>Looking for the edges of failed areas.</summary>
    Trimming = '*',

    /// <summary>Reading failed areas sector by sector.</summary>
    Scraping = '/',

    /// <summary>Trying bad sectors again.</summary>
    Retrying = '-',

    /// <summary>Filling areas with data that marks them.</summary>
    Filling = 'F',

    /// <summary>Making a map from an existing copy.</summary>
    Generating = 'G',

    /// <summary>Done, as far as asked for.</summary>
    Finished = '+',
}
