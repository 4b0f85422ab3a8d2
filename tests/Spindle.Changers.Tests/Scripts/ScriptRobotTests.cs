// SPDX-License-Identifier: MIT
using Spindle.Changers.Scripts;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Changers.Tests.Scripts;

/// <summary>Against a script that keeps slots and drives as files: the contract is that of Bareos' and Bacula's mtx-changer.</summary>
public sealed class ScriptRobotTests : DiscRobotContract
{
    private const string Script =
        """
        #!/bin/bash
        # DEVICE COMMAND SLOT ARCHIVE-DEVICE DRIVE-INDEX; slots are files s1.., drives d0..
        cd "$1" || exit 1
        [[ $2 != @(load|unload|loaded) || $# == 5 ]] || { echo "too few arguments" >&2; exit 1; }
        echo "$*" >> calls
        case $2 in
          slots) ls s? | wc -l ;;
          list) for f in s?; do [[ ! -s $f ]] || echo "${f#s}:$(cat $f)"; done ;;
          listall) [[ ! -e old ]] || { echo "unknown command" >&2; exit 1; }
            echo "a note of the script"
            for f in d? s? i?; do [[ -e $f ]] || continue; k=${f:0:1}; n=${f:1}; [[ $k != i ]] || n=5
              if [[ ! -s $f ]]; then echo "${k^^}:$n:E"; elif [[ $k == d ]]; then echo "D:$n:F:$(cat $f.from):$(cat $f)"; else echo "${k^^}:$n:F:$(cat $f)"; fi; done ;;
          loaded) [[ -s d$5 ]] && cat "d$5.from" || echo 0 ;;
          load) [[ -s s$3 ]] || { echo "source slot $3 is empty" >&2; exit 2; }
            [[ ! -s d$5 ]] || { echo "drive $5 is full" >&2; exit 2; }
            cat "s$3" > "d$5"; : > "s$3"; echo "$3" > "d$5.from" ;;
          unload) cat "d$5" > "s$3"; : > "d$5" ;;
          transfer) cat "s$3" > "s$4"; : > "s$3" ;;
        esac
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_script_that_knows_no_listall_is_asked_by_the_older_commands()
    {
        using IDiscRobot robot = Create();
        File.WriteAllText(Folder["old"], "");
        Assert.Equal(MoveOutcome.Moved, robot.Move(RobotPlace.Slot(2), RobotPlace.Drive(0), Stop).Outcome);

        RobotInventory inventory = robot.Inventory(anew: false, Stop);

        Assert.Equal([PlaceContent.Full, PlaceContent.Empty, PlaceContent.Empty, PlaceContent.Empty], inventory.Of(PlaceKind.Slot).Select(slot => slot.Content));
        Assert.Equal(new(RobotPlace.Drive(0), PlaceContent.Full) { Source = RobotPlace.Slot(2) }, inventory[RobotPlace.Drive(0)]);
    }

    /// <summary>As theirs print it: <c>list</c> tells where the discs in the drives came from, too, and the last column is filled up with blanks.</summary>
    [Fact]
    public void A_slot_whose_disc_is_in_a_drive_is_empty_by_the_older_commands_too()
    {
        using ScriptRobot robot = Printing("case $2 in listall) exit 1 ;; slots) echo 4 ;; list) printf '3:VOL3   \\n4:VOL4\\n2:VOL2   \\n4:OLD4\\n' ;; loaded) echo $((2 + 2 * $5)) ;; esac");

        RobotInventory inventory = robot.Inventory(anew: false, Stop);

        Assert.Equal(
            [
                new(RobotPlace.Slot(1), PlaceContent.Empty), new(RobotPlace.Slot(2), PlaceContent.Empty),
                new(RobotPlace.Slot(3), PlaceContent.Full) { Barcode = "VOL3" }, new(RobotPlace.Slot(4), PlaceContent.Full) { Barcode = "VOL4" },
                new(RobotPlace.Drive(0), PlaceContent.Full) { Barcode = "VOL2", Source = RobotPlace.Slot(2) },
                new(RobotPlace.Drive(1), PlaceContent.Full) { Barcode = "OLD4", Source = RobotPlace.Slot(4) },
            ],
            inventory.Elements);
    }

    /// <summary>Bacula's has no line for a drive where nobody knows the slot of its disc, and <c>loaded</c> then says a word that is no number.</summary>
    [Fact]
    public void A_drive_that_listall_leaves_out_is_there_where_loaded_has_a_word_on_it()
    {
        using ScriptRobot robot = Printing("case $2 in listall) printf 'D:0:E\\nS:1:F:VOL1  \\nI:2:E\\n' ;; loaded) case $5 in 1) echo Element ;; esac ;; esac");

        RobotInventory inventory = robot.Inventory(anew: false, Stop);

        Assert.Equal([new(RobotPlace.Drive(0), PlaceContent.Empty), new(RobotPlace.Drive(1), PlaceContent.Unknown)], inventory.Of(PlaceKind.Drive));
        Assert.Equal(new(RobotPlace.Slot(1), PlaceContent.Full) { Barcode = "VOL1" }, inventory[RobotPlace.Slot(1)]);
    }

    /// <summary>Bareos' has mail slots among the slots, an empty column behind empty ones, and a word for a slot that nobody knows.</summary>
    [Fact]
    public void What_Bareos_lists_is_read()
    {
        using ScriptRobot robot = Printing("printf 'D:0:F:Element:VOL9\\nD:1:F:2\\nD:2:E\\nS:1:F:VOL1   \\nS:2:E:    \\nS:3:F\\n'");

        Assert.Equal(
            [
                new(RobotPlace.Drive(0), PlaceContent.Full) { Barcode = "VOL9" }, new(RobotPlace.Drive(1), PlaceContent.Full) { Source = RobotPlace.Slot(2) },
                new(RobotPlace.Drive(2), PlaceContent.Empty), new(RobotPlace.Slot(1), PlaceContent.Full) { Barcode = "VOL1" },
                new(RobotPlace.Slot(2), PlaceContent.Empty), new(RobotPlace.Slot(3), PlaceContent.Full),
            ],
            robot.Inventory(anew: false, Stop).Elements);
    }

    [Fact]
    public void A_mail_slot_is_counted_behind_the_slots_by_the_script_and_from_1_by_us()
    {
        using IDiscRobot robot = Create();
        File.WriteAllText(Folder["i5"], "NEW001");

        Assert.Equal("NEW001", robot.Inventory(anew: false, Stop)[RobotPlace.Mail(1)]!.Barcode);
        _ = robot.Move(RobotPlace.Mail(1), RobotPlace.Drive(0), Stop);

        Assert.EndsWith("load 5 /dev/sr0 0", File.ReadLines(Folder["calls"]).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_script_complains_of_is_told()
    {
        using IDiscRobot robot = Create();

        Assert.Equal(new(MoveOutcome.Refused, "source slot 3 is empty"), robot.Move(RobotPlace.Slot(3), RobotPlace.Drive(0), Stop));
    }

    [Fact]
    public void A_script_that_does_not_end_is_ended()
    {
        using ScriptRobot robot = new(Write("#!/bin/sh\nsleep 60"), Folder.Path, [], TimeSpan.FromMilliseconds(300));

        MoveReply reply = robot.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop);

        Assert.Equal(MoveOutcome.Unknown, reply.Outcome);
        Assert.Contains("did not end in time", reply.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_that_is_not_there_is_told()
    {
        using ScriptRobot robot = new(Folder["nothing"], "/dev/sg2", [], TimeSpan.FromSeconds(5));

        Assert.Equal("no-robot-program", Assert.Throws<OperationFailedException>(() => robot.Inventory(anew: false, Stop)).Failure.Code);
    }

    [Fact]
    public void A_script_that_fails_or_tells_nothing_is_no_robot()
    {
        using ScriptRobot robot = new(Write("#!/bin/sh\necho the library is locked >&2; exit 1"), "/dev/sg2", [], TimeSpan.FromSeconds(5));

        OperationFailedException e = Assert.Throws<OperationFailedException>(() => robot.Inventory(anew: false, Stop));

        Assert.Equal("robot-program-failed", e.Failure.Code);
        Assert.Contains("the library is locked", e.Failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_printed_is_a_listing_or_none()
    {
        Random random = Seed.Random();
        const string Alphabet = "DSIFE:0123456789 \n\r-xé";
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));

            Assert.All(ScriptListing.ParseAll(text), element => Assert.InRange(element.Place.Number, 0, RobotPlace.MostNumber));
            Assert.All(ScriptListing.ParseFull(text), pair => Assert.InRange(pair.Key, 1, RobotPlace.MostNumber));
            _ = ScriptListing.ParseNumber(text);
        }
    }

    protected override IDiscRobot Create()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a script of bash");
        foreach ((string name, string content) in new[] { ("s1", "VOL001"), ("s2", "VOL:2"), ("s3", ""), ("s4", ""), ("d0", ""), ("d1", "") })
        {
            File.WriteAllText(Folder[name], content);
        }

        return new ScriptRobot(Write(Script), Folder.Path, ["/dev/sr0", "/dev/sr1"], TimeSpan.FromSeconds(20));
    }

    private ScriptRobot Printing(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a script of bash");
        return new(Write("#!/bin/bash\n" + script), "/dev/sg2", ["/dev/sr0", "/dev/sr1"], TimeSpan.FromSeconds(20));
    }

    private string Write(string script)
    {
        string path = Folder["changer"];
        File.WriteAllText(path, script);
        ForeignProgram.Run("chmod", "755", path);
        return path;
    }
}
