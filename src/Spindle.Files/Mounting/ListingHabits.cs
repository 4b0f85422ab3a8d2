// SPDX-License-Identifier: MIT
namespace Spindle.Files.Mounting;

/// <summary>Which processes want to know more of names than that they are there: to tell the kernel of a million nodes that nobody asks for takes it longer than to list them.</summary>
/// <remarks>A process that looks up a good part of the names that it was told, as <c>ls -l</c> and <c>du</c> do, is told of the next ones with their attributes.</remarks>
internal sealed class ListingHabits
{
    private const int MostProcesses = 256;
    private const int FirstNames = 300; // they come with attributes, whoever asks
    private const int FewLookups = 16, Share = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Habit> _habits = [];

    /// <summary>A process was told of names.</summary>
    public void Told(int process, int names, bool withAttributes)
    {
        lock (_lock)
        {
            Habit habit = Of(process);
            habit.Told += names;
            habit.Bare += withAttributes ? 0 : names;
        }
    }

    /// <summary>A process asks of a name that is no directory: these are looked up to go into them.</summary>
    public void LookedUp(int process)
    {
        lock (_lock)
        {
            if (_habits.TryGetValue(process, out Habit? habit))
            {
                habit.LookedUp++;
                habit.WantsAttributes |= habit.LookedUp > FewLookups && habit.LookedUp * Share > habit.Bare;
            }
        }
    }

    /// <summary>Whether the next names are to be told with their attributes.</summary>
    /// <param name="process">Who asks.</param>
    /// <param name="isKnown">Whether it was seen to want them.</param>
    public bool WantsAttributes(int process, out bool isKnown)
    {
        lock (_lock)
        {
            Habit habit = Of(process);
            isKnown = habit.WantsAttributes;
            return isKnown || habit.Told < FirstNames;
        }
    }

    private Habit Of(int process)
    {
        if (!_habits.TryGetValue(process, out Habit? habit))
        {
            if (_habits.Count == MostProcesses)
            {
                _habits.Clear(); // they are learned again at once
            }

            _habits.Add(process, habit = new());
        }

        return habit;
    }

    private sealed class Habit
    {
        public long Told, Bare, LookedUp;

        public bool WantsAttributes;
    }
}
