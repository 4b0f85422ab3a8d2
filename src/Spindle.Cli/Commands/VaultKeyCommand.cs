// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Texts;
using Spindle.Station.Vaults;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle vault key</c>: who is let into a vault.</summary>
internal sealed class VaultKeyCommand : Command
{
    private readonly CatalogueOption _catalogue = new();

    public VaultKeyCommand(CommandContext context)
        : base("key", "Make, list and take away the keys with which programs get in")
    {
        Argument<string> name = new("name") { Description = "Whose key it is: what is made with it belongs to that name" };
        Option<string[]> buckets = new("--bucket") { Description = "It may use this bucket of another key, too; may be given several times, '*' for all. Such a key makes no buckets", HelpName = "BUCKET" };
        Option<string?> rights = new("--rights") { Description = "What it may do: r read, w write, d delete (rwd)", HelpName = "rwd" };
        Add("add", "Make a key; its secret is told once", VaultKeyTask.Add, name, buckets, rights);
        Add("list", "List the keys, without their secrets", VaultKeyTask.List);
        Add("remove", "Take a key away: from the next request on, it lets nobody in", VaultKeyTask.Remove, name);

        void Add(string word, string description, VaultKeyTask task, params Symbol[] symbols)
        {
            Command command = this.AddWord(word, description, symbols);
            _catalogue.AddTo(command);
            command.SetAction((arguments, cancellationToken) => context.RunAsync(
                VaultKeyVerb.Verb,
                arguments,
                words => new VaultKeyRequest(_catalogue.Path(words), task, task == VaultKeyTask.List ? null : words.GetValue(name)) { Buckets = words.GetValue(buckets) ?? [], Rights = words.GetValue(rights) },
                new VaultKeyText(),
                cancellationToken));
        }
    }
}
