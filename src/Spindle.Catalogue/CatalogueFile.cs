// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Spindle.Files.Locks;
using Spindle.Media;
using SQLitePCL;

namespace Spindle.Catalogue;

/// <summary>The file of a catalogue before it is open: whether it is one, how it is opened, and who works with it.</summary>
internal static class CatalogueFile
{
    /// <summary>The ending of the file that is held by who waits to enter something.</summary>
    public const string WaitingEnding = "-waiting";

    private const string LockEnding = "-lock"; // held by who works with the catalogue
    private const int ReadOnlyFileSystem = 30; // EROFS

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestMaking = TimeSpan.FromSeconds(10);

    /// <exception cref="OperationFailedException"><c>no-catalogue</c>.</exception>
    public static void Require(string path)
    {
        if (!File.Exists(path))
        {
            throw Failures.DoesNotExist(path);
        }
    }

    /// <summary>A file that another command is just making into a catalogue, or brings up to date, is none yet.</summary>
    public static void WaitUntilMade(string path, string source)
    {
        long began = Stopwatch.GetTimestamp();
        while ((UserVersionOf(source) ?? 0) < CatalogueSchema.Steps.Count && FileLock.IsTaken(path + LockEnding) && Stopwatch.GetElapsedTime(began) < LongestMaking)
        {
            CancellationToken.None.WaitHandle.WaitOne(BetweenLooks);
        }
    }

    /// <summary>Takes the right to work with it for hours.</summary>
    /// <remarks>Not the database itself: closing any handle of it would drop SQLite's own locks (fcntl(2)).</remarks>
    public static FileLock Lock(string path, CatalogueWait? wait)
    {
        try
        {
            FileLock? worker;
            while ((worker = FileLock.TryTake(path + LockEnding)) is null)
            {
                (wait ?? throw new OperationFailedException(Failures.Busy(path))).Moment(path);
            }

            return worker;
        }
        catch (UnauthorizedAccessException e)
        {
            throw Failures.Denied(path, e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw Failures.NoDirectory(path, e);
        }
        catch (IOException e) when (e.HResult == ReadOnlyFileSystem)
        {
            throw Failures.ReadOnly(path, e);
        }
        catch (IOException e)
        {
            throw new OperationFailedException(Failures.Failed(path, e), e);
        }
    }

    /// <summary>How a catalogue is opened to be read.</summary>
    /// <remarks>
    /// As one that could write, so that the last one who looks takes the files away that SQLite keeps beside it. Where nobody can write, on
    /// a disc or a share, SQLite must be told that nobody will (https://www.sqlite.org/uri.html, "immutable").
    /// </remarks>
    public static string SourceForReading(string path)
    {
        try
        {
            UserVersionOf(path);
            return path;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY)
        {
            if (new FileInfo(path + "-wal") is { Exists: true, Length: > 0 })
            {
                throw Failures.NotClosed(path, e);
            }

            return $"file:{Uri.EscapeDataString(System.IO.Path.GetFullPath(path)).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1";
        }
    }

    /// <summary>The version of its tables; null where it is no catalogue.</summary>
    public static long? UserVersionOf(string path)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = path.StartsWith("file:", StringComparison.Ordinal) ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return Pragma(connection, "application_id") == CatalogueSchema.ApplicationId ? Pragma(connection, "user_version") : null;
    }

    /// <summary>A number that SQLite keeps of a database.</summary>
    public static long Pragma(SqliteConnection connection, string name)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
