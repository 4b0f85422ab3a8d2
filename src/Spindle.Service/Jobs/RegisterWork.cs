// SPDX-License-Identifier: MIT
using System.Data.Common;

namespace Spindle.Service.Jobs;

/// <summary>What is done in one transaction, or in one look.</summary>
internal sealed class RegisterWork(SqlRegister register, DbConnection connection, DbTransaction? transaction)
{
    private readonly List<(string Kind, EventSubject Subject, string Detail)> _events = [];

    /// <summary>Whether nothing of it is to be kept.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Keeps nothing of it.</summary>
    public void Abandon() => IsAbandoned = true;

    /// <summary>Notes an event, which is written last.</summary>
    public void Tell(RegisterEventKind kind, EventSubject subject, string detail = "") => _events.Add((SqlRegister.Word(kind), subject, detail));

    /// <summary>Runs a change.</summary>
    /// <returns>How many rows it touched.</returns>
    public async Task<int> RunAsync(string sql, CancellationToken cancellationToken, params (string, object?)[] values)
    {
        await using DbCommand command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reads all rows.</summary>
    public async Task<List<T>> ListAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string, object?)[] values)
    {
        await using DbCommand command = Command(sql, values);
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        List<T> list = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            list.Add(read(rows));
        }

        return list;
    }

    /// <summary>Whether there is a row.</summary>
    public async Task<bool> AnyAsync(string sql, CancellationToken cancellationToken, params (string, object?)[] values) =>
        (await ListAsync(sql, _ => true, cancellationToken, values)).Count > 0;

    /// <summary>Last in the transaction: from here to the commit one writes at a time, so that the numbers of events rise in the order of commits.</summary>
    /// <returns>Whether there were any.</returns>
    public async Task<bool> WriteEventsAsync(CancellationToken cancellationToken)
    {
        if (_events.Count == 0)
        {
            return false;
        }

        await register.OrderEventsAsync(connection, transaction!, cancellationToken);
        foreach ((string kind, EventSubject subject, string detail) in _events)
        {
            await RunAsync(
                $"INSERT INTO event (at, kind, job, token, attempt, author, detail) VALUES ({register.Now}, @kind, @job, @token, @attempt, @author, @detail)", cancellationToken,
                ("kind", kind), ("job", subject.Job), ("token", subject.Token), ("attempt", subject.Attempt), ("author", subject.By ?? ""), ("detail", detail));
        }

        return true;
    }

    private DbCommand Command(string sql, (string, object?)[] values)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach ((string name, object? value) in values)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = register.Value(value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

/// <summary>What an event is about, and who made it.</summary>
internal readonly record struct EventSubject(Guid? Job, string? By, Guid? Token = null, int? Attempt = null);
