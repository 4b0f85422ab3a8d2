// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Imaging.Auditing;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Auditing;

/// <summary>Images that were held against their records: told as each is known.</summary>
public sealed record AuditDocument : Document, IDisposable
{
    private readonly Listed<AuditedImagePart> _images;
    private readonly AuditTable? _table;
    private readonly AuditMemory? _memory;
    private readonly SortedDictionary<AuditState, long> _counts = [];

    /// <summary>Tells of images; none of it is kept anywhere.</summary>
    /// <param name="images">The images; they are read once.</param>
    /// <param name="cancellationToken">Ends it between two images.</param>
    public AuditDocument(IEnumerable<AuditedImage> images, CancellationToken cancellationToken)
        : this(images, null, null, cancellationToken)
    {
    }

    internal AuditDocument(IEnumerable<AuditedImage> images, AuditTable? table, AuditMemory? memory, CancellationToken cancellationToken)
    {
        (_table, _memory) = (table, memory);
        _images = new(Noted(images), cancellationToken);
    }

    /// <summary>The images and records, as each is known: those of one disk that are read in the order of their paths.</summary>
    public IEnumerable<AuditedImagePart> Images => _images;

    /// <summary>How many there are in each state.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts.ToDictionary(count => JsonForm.Word(count.Key), count => count.Value);

    /// <summary>Bytes of images that were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The table that was written; null where there is none.</summary>
    public string? Csv => _table?.Path;

    /// <summary>What could not be remembered.</summary>
    public IReadOnlyList<Failure> Concerns => _memory?.Failed is { } failed ? [failed] : [];

    /// <inheritdoc/>
    protected override Failure? Ended => _images.Ended;

    /// <inheritdoc/>
    protected override Outcome Found => _counts.Keys.Any(state => state.NeedsPerson()) ? Outcome.Lacking : Outcome.Done;

    /// <inheritdoc/>
    protected override string Verb => AuditVerb.Name;

    /// <summary>How many need a person.</summary>
    [JsonIgnore]
    public long NeedPerson => _counts.Where(count => count.Key.NeedsPerson()).Sum(count => count.Value);

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory?.Dispose();
        _table?.Dispose();
    }

    /// <summary>What could not be remembered at the end is told in the document, however the list ended.</summary>
    private IEnumerable<AuditedImagePart> Noted(IEnumerable<AuditedImage> images)
    {
        try
        {
            foreach (AuditedImage image in images)
            {
                yield return Noted(image);
            }
        }
        finally
        {
            _memory?.Complete();
        }
    }

    /// <summary>Each image is in the table before anyone is told of it, and remembered within a second.</summary>
    private AuditedImagePart Noted(AuditedImage image)
    {
        AuditedImagePart part = AuditedImagePart.Of(image);
        _table?.Add(part);
        _memory?.Add(part);
        _counts[image.State] = _counts.GetValueOrDefault(image.State) + 1;
        BytesRead += image.IsFromStorage is null ? 0 : image.Size ?? 0;
        return part;
    }
}
