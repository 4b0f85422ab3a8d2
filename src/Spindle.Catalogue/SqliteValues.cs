// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Spindle.Catalogue;

/// <summary>SQLite's functions for single values, called without the library's checks around each of them.</summary>
/// <remarks>
/// SQLitePCLRaw counts a reference to the statement up and down for each value, which takes a good part of the time of a
/// plan. Source: sqlite.org/c3ref, "Result Values From A Query" and "Binding Values To Prepared Statements". Those that take
/// nanoseconds and never wait say so to the runtime.
/// </remarks>
internal static unsafe partial class SqliteValues
{
    private const string Library = "e_sqlite3"; // as SQLitePCLRaw.provider.e_sqlite3 calls it

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    public static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_type")]
    [SuppressGCTransition]
    public static partial int Type(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    [SuppressGCTransition]
    public static partial long Number(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    [SuppressGCTransition]
    public static partial int Length(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    public static partial byte* Blob(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    [SuppressGCTransition]
    public static partial int Bind(nint statement, int position, long value);

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_null")]
    [SuppressGCTransition]
    public static partial int BindNull(nint statement, int position);
}
