// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Completing;

/// <summary>What shells need to complete Spindle's command lines. Each asks the program itself (<see cref="SuggestionDirective"/>), so that it never lags behind.</summary>
internal static class ShellScripts
{
    // For bash 3.2, too, which macOS has: it knows no compopt. What is behind "=" or ":" is a word of its own to bash.
    private const string Bash = """
        # bash completion for spindle
        _spindle() {
          local line=${COMP_LINE:0:COMP_POINT} output candidate separator known= names= IFS=$'\n'
          COMPREPLY=()
          output=$("${COMP_WORDS[0]/#\~/$HOME}" "[suggest]" "$line" 2>/dev/null) || return
          for separator in = :; do
            if [[ $COMP_WORDBREAKS == *"$separator"* && ${line##*[[:space:]]} == *"$separator"* ]]; then
              candidate=${line##*[[:space:]]}
              candidate=${candidate%"${candidate##*"$separator"}"}
              if ((${#candidate} > ${#known})); then known=$candidate; fi
            fi
          done
          for candidate in $output; do
            case $candidate in
              :files | :directories) names=$candidate ;;
              *) candidate=${candidate%%$'\t'*} COMPREPLY+=("${candidate#"$known"}") ;;
            esac
          done
          case $names in
            :files) ((${#COMPREPLY[@]})) && { COMPREPLY+=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")); compopt -o filenames; } ;;
            :directories) compopt +o default -o dirnames ;;
            *) compopt +o default ;;
          esac 2>/dev/null
        }
        complete -o default -F _spindle spindle
        """;

    // Read by source, or found as _spindle in fpath: then it is the function's body when the first TAB is pressed.
    private const string Zsh = """
        #compdef spindle
        _spindle() {
          local line names done=1
          local -a candidates
          for line in "${(@f)$("${(Q)words[1]/#\~/$HOME}" "[suggest]" "${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)}"; do
            case $line in
              :files|:directories) names=$line ;;
              *$'\t'*) candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
              ?*) candidates+=("${line//:/\\:}") ;;
            esac
          done
          (( $#candidates )) && _describe -V spindle candidates && done=0
          if [[ -n $names ]]; then
            [[ $PREFIX == --*=* ]] && compset -P '*='
            if [[ $names == :directories ]]; then _files -/ && done=0; else _files && done=0; fi
          fi
          return done
        }
        if [[ $funcstack[1] == _spindle ]]; then _spindle "$@"; else compdef _spindle spindle; fi
        """;

    private const string Fish = """
        # fish completion for spindle
        function __spindle_complete
            set -l before ''
            set -l word (commandline -ct)
            if set -l parts (string match -r -- '^(--[^=]+=)(.*)$' $word)
                set before $parts[2]
                set word $parts[3]
            end
            for candidate in (spindle '[suggest]' (commandline -cp | string collect) 2>/dev/null)
                switch $candidate
                    case ':files'
                        printf '%s\n' $before(__fish_complete_path $word)
                    case ':directories'
                        printf '%s\n' $before(__fish_complete_directories $word '')
                    case '*'
                        printf '%s\n' $candidate
                end
            end
        end
        complete -c spindle -f -k -a '(__spindle_complete)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName spindle -ScriptBlock {
            param($word, $command, $position)
            $end = [Math]::Max(0, $position - $command.Extent.StartOffset)
            $line = $command.ToString().PadRight($end).Substring(0, $end)
            $candidates = @(& $command.GetCommandName() '[suggest]' $line 2>$null)
            foreach ($candidate in $candidates) {
                if ($candidate -eq ':files' -or $candidate -eq ':directories') {
                    if ($candidates.Count -gt 1) { [System.Management.Automation.CompletionCompleters]::CompleteFilename($word) }
                } else {
                    $text, $meaning = $candidate -split "`t", 2
                    if (-not $meaning) { $meaning = $text }
                    [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $meaning)
                }
            }
        }
        """;

    /// <summary>The script of each shell, by its name on the command line.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = PowerShell,
    };
}
