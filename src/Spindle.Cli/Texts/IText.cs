// SPDX-License-Identifier: MIT
using Spindle.Station.Contract;

namespace Spindle.Cli.Texts;

/// <summary>Tells people what a document says.</summary>
internal interface IText<in TDocument>
    where TDocument : Document
{
    /// <summary>Writes it.</summary>
    void Write(TDocument document, TextLines lines);
}
