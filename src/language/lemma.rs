//! Lemmas: a table of exceptions, then rules for regular endings.

use super::Upos;
use foldhash::HashMap;

/// Lemmas of irregular forms, by class (`v`, `n`, `a`) and form.
pub type Exceptions<'t> = HashMap<(char, &'t str), &'t str>;

/// Reads a table of exceptions: class, colon and form, a tab, the lemma.
pub fn exceptions(table: &str) -> Exceptions<'_> {
    let row = |line| {
        let (key, lemma): (&str, &str) = str::split_once(line, '\t')?;
        let (class, form) = key.split_once(':')?;
        Some(((class.chars().next()?, form), lemma))
    };
    table.lines().filter_map(row).collect()
}

/// Dictionary form of a word with this part of speech: lower case, but for names. `lower` is the form in lower case.
pub fn lemma(form: &str, lower: &str, upos: Upos, xpos: &str, exceptions: &Exceptions<'_>) -> String {
    let lower = lower.replace('’', "'");
    let class = match upos {
        Upos::Propn => return form.to_string(),
        Upos::Verb | Upos::Aux => 'v',
        Upos::Noun => 'n',
        Upos::Adj | Upos::Adv => 'a',
        _ => return lower,
    };
    if let Some(lemma) = exceptions.get(&(class, lower.as_str())) {
        return lemma.to_string();
    }
    match xpos {
        "NNS" => plural(&lower),
        "VBZ" => plural(&lower),
        "VBD" | "VBN" => stem(&lower, "ed"),
        "VBG" => stem(&lower, "ing"),
        _ => lower,
    }
}

fn plural(word: &str) -> String {
    let cut = |n: usize| word[..word.len() - n].to_string();
    match word {
        w if w.ends_with("ies") && w.len() > 4 => cut(3) + "y",
        w if ["sses", "shes", "ches", "xes", "zes", "oes"].iter().any(|e| w.ends_with(e)) => cut(2),
        w if w.ends_with('s') && !w.ends_with("ss") && w.len() > 2 => cut(1),
        w => w.to_string(),
    }
}

fn stem(word: &str, ending: &str) -> String {
    let Some(base) =
        word.strip_suffix(ending).filter(|b| b.chars().count() > 1 && b.contains(['a', 'e', 'i', 'o', 'u', 'y']))
    else {
        return word.to_string();
    };
    let chars: Vec<char> = base.chars().collect();
    let vowel = |c: char| "aeiou".contains(c);
    let n = chars.len();
    let last = chars[n - 1];
    if ending == "ed" && base.ends_with('i') {
        return base[..base.len() - 1].to_string() + "y";
    }
    if n > 2 && last == chars[n - 2] && !vowel(last) && !"lsz".contains(last) {
        return base[..base.len() - last.len_utf8()].to_string();
    }
    let short = n >= 2
        && !vowel(last)
        && vowel(chars[n - 2])
        && (n == 2 || !vowel(chars[n - 3]))
        && n <= 4
        && !"wxy".contains(last);
    if short
        || "cvguz".contains(last)
        || base.ends_with("rs")
        || (base.ends_with('s') && !base.ends_with("ss"))
        || base.ends_with("at")
    {
        return base.to_string() + "e";
    }
    base.to_string()
}
