// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;

namespace Spindle.Vault.Objects;

/// <summary>The statements of one connection, each prepared once.</summary>
public sealed class VaultRows : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = [];

    internal VaultRows(CatalogueDatabase database) => Database = database;

    /// <summary>The catalogue.</summary>
    public CatalogueDatabase Database { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Statement statement in _statements.Values)
        {
            statement.Dispose();
        }

        Database.Dispose();
    }

    /// <summary>A statement that is kept.</summary>
    internal Statement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out Statement? statement))
            {
                _statements.Add(sql, statement = Database.Prepare(sql));
            }

            statement.Reset();
            return statement;
        }
    }

    /// <summary>Leaves all rows that somebody did not read to their end.</summary>
    internal void Reset()
    {
        foreach (Statement statement in _statements.Values)
        {
            statement.Reset();
        }
    }
}

/// <summary>Values of text, as statements take them.</summary>
internal static class VaultValues
{
    /// <summary>Gives a parameter text, or none.</summary>
    public static Statement Bind(this Statement statement, int position, string? text) =>
        text is null ? statement.BindNull(position) : statement.BindText(position, Encoding.UTF8.GetBytes(text));

    /// <summary>Gives a parameter a key: its bytes, so that keys have the order of their bytes.</summary>
    public static Statement BindKey(this Statement statement, int position, string key) => statement.Bind(position, (ReadOnlySpan<byte>)Encoding.UTF8.GetBytes(key));

    /// <summary>A key of the row.</summary>
    public static string Key(this Statement statement, int column) => Encoding.UTF8.GetString(statement.Blob(column));
}
