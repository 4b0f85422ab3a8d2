// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Spindle.Archiving.Scanning;
using Spindle.Cli.Texts;
using Spindle.Imaging;
using Spindle.Imaging.Merging;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Cli.Reports;

/// <summary>Tells the user what happened: as text or as JSON, which is decided once.</summary>
internal partial interface IReport
{
    /// <summary>Gets how far the work is; it may be told as often as it changes.</summary>
    IProgress<WorkProgress> Progress { get; }

    /// <summary>An imaging has ended.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="entered">What became of it in the catalogue.</param>
    void Imaged(ImagingResult result, EnteredDisc entered);

    /// <summary>Several discs are imaged from now on, one after the other; each is told of as one alone is.</summary>
    void BeginDiscs();

    /// <summary>The last of them was told of.</summary>
    void EndDiscs();

    /// <summary>Copies were merged.</summary>
    void Merged(MergeResult result);

    /// <summary>Directories were scanned.</summary>
    void Scanned(ScanResult result, string catalogue);

    /// <summary>A verb has been done.</summary>
    /// <param name="document">What came of it.</param>
    /// <param name="form">How programs are told of it.</param>
    /// <param name="text">How people are told of it.</param>
    void Told<TDocument>(TDocument document, JsonTypeInfo<TDocument> form, IText<TDocument> text)
        where TDocument : Document;

    /// <summary>The whole result is one value.</summary>
    /// <param name="key">What it is, for programs.</param>
    /// <param name="value">A number or a text.</param>
    void Printed(string key, JsonValue value);

    /// <summary>Something is said on the way, for people only.</summary>
    void Note(string text);

    /// <summary>The command could not do what it was asked for.</summary>
    void Failed(Failure failure);
}
