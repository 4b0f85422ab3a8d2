// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Media;

namespace Spindle.Station.Contract;

/// <summary>A document that is a list out of a catalogue, read while it is told: it holds the catalogue open until it is disposed of.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public abstract record Listing<T> : Document, IDisposable
{
    private readonly CatalogueDatabase _catalogue;
    private readonly Listed<T> _items;

    /// <summary>Opens a catalogue, and lists what it has.</summary>
    /// <param name="path">The catalogue.</param>
    /// <param name="list">Makes the list; it is not read yet.</param>
    /// <param name="cancellationToken">Ends it between two items.</param>
    private protected Listing(string path, Func<CatalogueDatabase, IEnumerable<T>> list, CancellationToken cancellationToken)
    {
        _catalogue = CatalogueDatabase.OpenForReading(path);
        try
        {
            _items = new(list(_catalogue), cancellationToken);
        }
        catch
        {
            _catalogue.Dispose();
            throw;
        }
    }

    /// <summary>The items, which can be read once.</summary>
    protected IEnumerable<T> Items => _items;

    /// <inheritdoc/>
    protected override Failure? Ended => _items.Ended;

    /// <inheritdoc/>
    public void Dispose()
    {
        _catalogue.Dispose();
        GC.SuppressFinalize(this);
    }
}
