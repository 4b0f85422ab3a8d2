// SPDX-License-Identifier: MIT
using Microsoft.Data.Sqlite;
using Spindle.Media;
using SQLitePCL;

namespace Spindle.Catalogue;

/// <summary>A prepared statement without an object for each value: what a scan does a million times.</summary>
/// <remarks>
/// Positions of parameters count from 1, of columns from 0, as SQLite has it. A span that <see cref="Blob"/> or
/// <see cref="Text"/> gave holds until the next step or reset. Where speed is of no matter, use a command of the connection.
/// </remarks>
public sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly string _path;
    private readonly sqlite3_stmt _statement;
    private readonly nint _pointer; // of the same, which lives as long as this

    /// <summary>Prepares.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="path">What messages call the catalogue.</param>
    /// <param name="sql">One statement.</param>
    public Statement(sqlite3 database, string path, string sql)
    {
        (_database, _path) = (database, path);
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _pointer = _statement.DangerousGetHandle();
    }

    /// <summary>The row that was inserted last through this connection.</summary>
    public long LastRowId => raw.sqlite3_last_insert_rowid(_database);

    /// <summary>How many rows the last change touched.</summary>
    public int Changes => raw.sqlite3_changes(_database);

    /// <summary>Gives a parameter a number.</summary>
    public Statement Bind(int position, long value)
    {
        Check(SqliteValues.Bind(_pointer, position, value));
        return this;
    }

    /// <summary>Gives a parameter a number, or none.</summary>
    public Statement Bind(int position, long? value) => value is { } number ? Bind(position, number) : BindNull(position);

    /// <summary>Gives a parameter bytes.</summary>
    public Statement Bind(int position, ReadOnlySpan<byte> blob)
    {
        Check(raw.sqlite3_bind_blob(_statement, position, blob));
        return this;
    }

    /// <summary>Gives a parameter text.</summary>
    public Statement BindText(int position, ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(_statement, position, utf8));
        return this;
    }

    /// <summary>Gives a parameter no value.</summary>
    public Statement BindNull(int position)
    {
        Check(SqliteValues.BindNull(_pointer, position));
        return this;
    }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False where there is none; the statement is then ready for other values.</returns>
    public bool Step()
    {
        int code = SqliteValues.Step(_pointer);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        _ = SqliteValues.Reset(_pointer);
        Check(code);
        return false;
    }

    /// <summary>Leaves rows that are not wanted any more.</summary>
    public void Reset() => _ = SqliteValues.Reset(_pointer);

    /// <summary>Runs a change.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Runs a change that makes a row, or a query for one number.</summary>
    /// <returns>The number in the first column of the first row; null where there is no row or no number.</returns>
    public long? Scalar()
    {
        if (!Step())
        {
            return null;
        }

        long? value = IsNull(0) ? null : Number(0);
        Reset();
        return value;
    }

    /// <summary>Whether a column of the row has no value.</summary>
    public bool IsNull(int column) => SqliteValues.Type(_pointer, column) == raw.SQLITE_NULL;

    /// <summary>A number of the row.</summary>
    public long Number(int column) => SqliteValues.Number(_pointer, column);

    /// <summary>A number of the row; null where there is none.</summary>
    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    /// <summary>Bytes of the row, valid until the next step.</summary>
    public unsafe ReadOnlySpan<byte> Blob(int column) => new(SqliteValues.Blob(_pointer, column), SqliteValues.Length(_pointer, column));

    /// <summary>Text of the row; null where there is none.</summary>
    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE)
        {
            return;
        }

        try
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR)
        {
            // Rows are read long after the catalogue was opened, by whoever lists them: nobody there knows of SQLite.
            throw new OperationFailedException(CatalogueDatabase.FailureOf(_path, e), e);
        }
    }
}
