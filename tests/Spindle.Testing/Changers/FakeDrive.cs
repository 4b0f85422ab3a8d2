// SPDX-License-Identifier: MIT
using Spindle.Changers.Moving;
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Testing.Changers;

/// <summary>A drive that sees a disc where a robot has put one.</summary>
/// <param name="path">Its device.</param>
/// <param name="hasDisc">Whether one is in.</param>
public sealed class FakeDrive(string path, Func<bool> hasDisc) : IRobotDrive
{
    public List<string> Told { get; } = [];

    public bool IsOpen { get; set; }

    public Failure? KeepsIt { get; set; }

    public string Path => path;

    public MediumStatus Status() => IsOpen ? MediumStatus.TrayOpen : hasDisc() ? MediumStatus.Ready : MediumStatus.NoDisc;

    public void Release()
    {
        Told.Add("release");
        if (KeepsIt is { } failure)
        {
            throw new OperationFailedException(failure);
        }
    }

    public void OpenTray()
    {
        Told.Add("open");
        IsOpen = true;
    }

    public void CloseTray()
    {
        Told.Add("close");
        IsOpen = false;
    }
}
