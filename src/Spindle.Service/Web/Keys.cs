// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;

namespace Spindle.Service.Web;

/// <summary>Who may come in: those who know the token, and browsers that signed in since this start.</summary>
/// <param name="token">The token; null where all may come in.</param>
/// <param name="time">The clock.</param>
internal sealed class Keys(string? token, TimeProvider time)
{
    public const int WrongAMinute = 10;

    private const int MostSessions = 1000; // the oldest is forgotten then: who has it signs in again
    private const int SessionBytes = 16;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly byte[]? _token = token is null ? null : Digest(token);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);
    private readonly Queue<string> _byAge = [];
    private readonly Queue<long> _wrong = [];

    /// <summary>Whether nobody is asked for anything.</summary>
    public bool IsOpen => _token is null;

    /// <summary>Whether a text is the token, in a time that does not depend on how much of it is right.</summary>
    public bool IsToken(string given) => _token is not null && CryptographicOperations.FixedTimeEquals(Digest(given), _token);

    /// <summary>Counts a wrong token.</summary>
    /// <returns>Whether there were more than may be within a minute. Right ones are let in all the same: who guesses is not to lock others out, and 128 bits are not guessed.</returns>
    public bool CountWrong()
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            while (_wrong.TryPeek(out long first) && time.GetElapsedTime(first, now) >= Minute)
            {
                _wrong.Dequeue();
            }

            if (_wrong.Count >= WrongAMinute)
            {
                return true;
            }

            _wrong.Enqueue(now);
            return false;
        }
    }

    /// <summary>A browser signs in.</summary>
    /// <returns>What its cookie holds.</returns>
    public string Begin()
    {
        string session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SessionBytes));
        string kept = Kept(session);
        lock (_lock)
        {
            _sessions.Add(kept);
            _byAge.Enqueue(kept);
            if (_byAge.Count > MostSessions)
            {
                _sessions.Remove(_byAge.Dequeue());
            }
        }

        return session;
    }

    /// <summary>Whether a cookie is of a browser that signed in.</summary>
    public bool IsSession(string? session)
    {
        if (session is null)
        {
            return false;
        }

        string kept = Kept(session);
        lock (_lock)
        {
            return _sessions.Contains(kept);
        }
    }

    /// <summary>A browser signs out.</summary>
    public void End(string session)
    {
        string kept = Kept(session);
        lock (_lock)
        {
            _sessions.Remove(kept);
        }
    }

    // By its digest: how long a look takes says nothing of the cookie itself.
    private static string Kept(string session) => Convert.ToHexStringLower(Digest(session));

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
